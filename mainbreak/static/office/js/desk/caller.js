/* The middle column: whom we speak to, what is known about their water, what to read aloud. */
"use strict";

mainbreak.startCaller = () => {
  const { announce, call, candidate, el, glyphs, icons, number, office, on, say, sentence, state, wallClock, live } = mainbreak;
  const get = (id) => document.getElementById(id);
  let spoken = "", listed = null, inTongue = "", told = null;

  get("find-icon").append(icons.icon("phone", 24));
  get("find").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = get("asked").value.trim();
    if (text) call.look(text);
  });
  get("next").addEventListener("click", () => call.begin());

  /** Customers or places to choose from, by number. */
  function choices() {
    const { customers, candidates, reason, answer } = call.now;
    const list = customers.length ? customers : answer ? [] : candidates;
    const had = list === listed && inTongue === state.language && get("choices").contains(document.activeElement);
    get("choices").hidden = !list.length;
    if (!list.length || had) return;
    const fresh = list !== listed;
    [listed, inTongue] = [list, state.language];
    const row = (one, index) => el("li", {}, el("button", { type: "button", class: "choice", onclick: () => call.choose(one) },
      index < 9 ? el("kbd", {}, String(index + 1)) : el("span"), one.name === undefined ? candidate.row(one) : customer(one)));
    get("choices").replaceChildren(
      el("h2", {}, say(customers.length ? "choices.customers" : "choices.places"), " ", el("span", { class: "count" }, say("choices.count", { n: number(list.length) }))),
      ...(reason ? [el("p", { class: "why" }, candidate.why(reason))] : []),
      el("ol", {}, list.map(row)),
      el("p", { class: "small" }, say("choices.map")));
    if (fresh) get("choices").querySelector("button").focus();
  }

  get("choices").addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const rows = [...get("choices").querySelectorAll("button")];
    rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(document.activeElement) + by))]?.focus();
  });

  const customer = (one) => el("span", { class: "choice-text" }, el("b", {}, one.name || say("customer.noName")), " ", one.address,
    el("span", { class: "small" }, [one.account, one.phone, say(`premises.${one.kind}`)].filter(Boolean).join(" · ")));

  /** The words of the ticket that was opened from a list. */
  function openTicket() {
    const { ticket, taken } = call.now;
    get("open-ticket").hidden = !ticket || Boolean(taken);
    if (!ticket) return;
    const about = [office.clock(ticket.received_at), say(`channel.${ticket.channel}`), ticket.symptom && say(`symptom.${ticket.symptom}`),
      say(`ticketState.${ticket.state}`), ticket.incident].filter(Boolean).join(" · ");
    get("open-ticket").replaceChildren(
      el("h2", {}, ticket.id, " ", !ticket.place && el("span", { class: "chip is-late" }, say("lists.unplaced"))),
      el("p", { class: "small" }, about),
      ...ticket.priority_reasons.map((one) => el("p", { class: "small" }, el("b", {}, ticket.priority), " ", sentence(one))),
      (ticket.text || ticket.address) && el("p", {}, say("ticket.quote", { text: ticket.text || ticket.address })),
      ...(ticket.place ? [] : [el("p", { class: "small" }, say("ticket.findPlace"))]));
  }

  const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

  function headline(answer) {
    const words = say(`banner.${answer.kind}`);
    return answer.cause && !["restored", "nothing_known"].includes(answer.kind) ? `${words} · ${sentence(answer.cause)}` : words;
  }

  /** Place and incident; since when; what is being done. */
  function lines(answer) {
    const window_ = answer.kind === "planned" && answer.etr && say("banner.from", office.span(answer.since, answer.etr.at));
    const since = window_ || answer.since && say(["suspected", "will_be_off"].includes(answer.kind) ? "banner.reported" : "banner.since", { time: office.clock(answer.since) });
    const back = answer.restored_at && say("banner.restoredAt", { time: office.clock(answer.restored_at), ago: office.ago(answer.restored_at) });
    const first = [call.place() || answer.label, since, answer.incident].filter(Boolean).join(" · ");
    const second = back || (answer.progress ? capital(sentence(answer.progress)) : say(`hint.${answer.kind}`));
    const comes = answer.crew_eta && say("banner.crewComes", { when: sentence(answer.crew_eta.said) });
    return [first, second, comes].filter(Boolean).map((words) => el("p", {}, words));
  }

  function etr(answer) {
    if (answer.kind !== "no_water" && answer.kind !== "will_be_off") return null;
    const one = office.etr(answer.etr);
    return el("div", { class: "etr" }, el("span", {}, say("back.label")),
      el("b", { class: one.known && !one.passed ? "etr-time" : "etr-words" }, one.time), el("span", { class: one.old && "is-old" }, one.source));
  }

  /** What a refresh changed, in one line under the banner's facts. */
  function news({ answer, news: what }) {
    if (!what) return null;
    const { before, at } = what, time = wallClock(at, live.me.zone);
    const [was, is] = [office.etr(before.etr).time, office.etr(answer.etr).time];
    const text = before.kind !== answer.kind ? say("news.kind", { time, was: say(`banner.${before.kind}`), is: say(`banner.${answer.kind}`) })
      : was !== is ? say("news.etr", { time, was, is }) : say("news.other", { time });
    return el("p", { class: "news" }, text);
  }

  function banner() {
    const { answer } = call.now;
    get("banner").hidden = !answer;
    if (!answer) return;
    get("banner").className = `banner is-${answer.kind}`;
    const parts = [icons.icon(answer.kind, 64), el("div", { class: "facts" }, el("h2", {}, headline(answer)), lines(answer), news(call.now)), etr(answer)];
    get("banner").replaceChildren(...parts.filter(Boolean));
  }

  /** Said once to who cannot see it: what is known, until when, and later what changed. */
  function aloud() {
    const { answer, news: what } = call.now;
    if (!answer || answer === told) return;
    told = answer;
    const until = ["no_water", "will_be_off"].includes(answer.kind) ? `${say("back.label")} ${office.etr(answer.etr).time}` : "";
    announce([what && news(call.now).textContent, headline(answer), until].filter(Boolean).join("; "));
  }

  function script() {
    const { answer } = call.now;
    get("script").hidden = !answer;
    if (!answer) return;
    const tongue = spoken || state.language;
    const pick = (language, words) => el("button", {
      type: "button", class: "button is-small", "aria-pressed": String(language === tongue), lang: language,
      "aria-label": say(language === "en" ? "script.english" : "script.chinese"),
      onclick: () => { spoken = language; script(); get("script").querySelector(`[lang="${language}"]`).focus(); },
    }, say(words));
    get("script").replaceChildren(
      el("div", { class: "card-head" }, el("h2", {}, say("script.title")), el("span", { class: "ends" }, pick("zh-CN", "script.zh"), pick("en", "script.en"))),
      el("p", { class: "aloud", lang: tongue }, say("script.quote", { text: answer.script[tongue] })));
  }

  /** What to paste instead of a link that says nothing until it is opened. */
  function hint() {
    const { hint: kind } = call.now;
    get("hint").hidden = !kind;
    get("hint").replaceChildren(...(kind ? [icons.icon("place_unknown", 20), el("span", {}, say("where.shortLink"))] : []));
  }

  function fault() {
    const { fault: words } = call.now;
    get("fault").hidden = !words;
    get("fault").replaceChildren(...(words ? [glyphs.node(glyphs.tools.warning), el("span", {}, words())] : []));
  }

  function draw() {
    get("asked").placeholder = say("find.placeholder");
    document.body.classList.toggle("is-busy", call.now.busy);
    fault();
    hint();
    openTicket();
    choices();
    banner();
    aloud();
    script();
  }

  on("begin", () => { spoken = ""; get("asked").value = ""; get("asked").focus(); });
  on("opened", () => { spoken = ""; get("asked").value = ""; if (!call.now.ticket.place) get("asked").focus(); });
  on("call", draw);
  on("redraw", draw);
  /** A crew on its way comes nearer though nothing else happens. */
  window.setInterval(() => {
    if (call.now.answer?.crew_eta) call.refresh();
    if (call.now.answer) banner();
  }, 30000);
  draw();
};

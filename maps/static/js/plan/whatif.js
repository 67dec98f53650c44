/* What if: a question that changes nothing, worked out by the server in some seconds, and its answer beside the
   plan as it would go on anyway. */
"use strict";

(() => {
  const { actionButton, announce, cardParts, cards, el, facts, figure, glyphs, lane, live, number, on, plan, say, sentence, set, span, state, suppositions } = mainbreak;
  const { chip, head, redraw, section } = cardParts;
  const usual = 4; // s; two searches, see docs/plan.md
  const now = { answer: null, fault: "", since: 0, turn: 0, again: 0 };

  const isAsking = () => now.since > 0;

  function stop() {
    window.clearTimeout(now.again);
    Object.assign(now, { since: 0, turn: now.turn + 1, again: 0 });
  }

  /** Another one is being worked out for somebody else: ask again when the server says so. */
  function wait(error, mine) {
    const seconds = Math.max(1, Number(error.problem.retry_after) || usual);
    now.again = window.setTimeout(() => mine === now.turn && ask(), seconds * 1000);
    now.fault = say("whatif.busy", { n: seconds });
    redraw();
  }

  async function ask() {
    window.clearTimeout(now.again);
    const mine = (now.turn += 1);
    Object.assign(now, { answer: null, fault: "", since: performance.now(), again: 0 });
    redraw();
    announce(say("whatif.asking", { n: usual }));
    try {
      const answer = await live.api("POST", "/api/plan/what-if", suppositions.body());
      if (mine !== now.turn) return;
      Object.assign(now, { answer, since: 0 });
      announce(`${say("whatif.nothing")} ${answer.said.map(sentence).join(" ")}`);
    } catch (error) {
      if (mine !== now.turn) return;
      if (error instanceof live.Refused && error.status === 429) { wait(error, mine); return; }
      Object.assign(now, { since: 0, fault: mainbreak.refusal(error) });
    }
    redraw();
    mainbreak.focusIn(now.answer ? "[data-action=whatif-change]" : "[data-action=whatif-go]");
  }

  function run() {
    suppositions.take();
    if (suppositions.list.length) ask();
  }

  /** Open the card; with something to suppose it is worked out at once. */
  mainbreak.suppose = (one = null) => {
    if (!suppositions.may) return;
    if (one) { suppositions.clear(); suppositions.add(one); stop(); now.answer = null; }
    set("editor", "");
    mainbreak.openCard("whatif");
    if (one) ask();
    else mainbreak.focusIn(now.answer ? "[data-action=whatif-change]" : ".suppose-form [aria-pressed=true]");
  };

  function progress() {
    const gone = Math.floor((performance.now() - now.since) / 1000), bar = el("progress", { id: "whatif-progress", max: usual, "aria-label": say("whatif.asking", { n: usual }) });
    bar.value = Math.min(usual, gone);
    return section("", "", bar, el("p", { class: "small" }, say("whatif.asking", { n: usual }), " · ", el("b", { id: "whatif-gone" }, say("whatif.gone", { span: span(gone) }))), now.fault && el("p", { class: "small" }, now.fault),
      el("div", { class: "buttons" }, actionButton("whatif-stop", say("whatif.stop"), "Esc", () => { stop(); now.fault = ""; redraw(); }, "is-small")));
  }

  function tick() {
    const bar = document.getElementById("whatif-progress"), gone = Math.floor((performance.now() - now.since) / 1000);
    if (!bar || !isAsking()) return;
    bar.value = Math.min(usual, gone);
    document.getElementById("whatif-gone").textContent = say("whatif.gone", { span: span(gone) });
  }

  function form() {
    const fields = suppositions.form();
    const go = !mainbreak.isClosing() && actionButton("whatif-go", say("whatif.run"), "Enter", run, "is-primary"), more = !mainbreak.isClosing() && actionButton("whatif-more", say("whatif.more"), "", () => { suppositions.take(); redraw(); });
    for (const button of [go, more]) if (button) button.disabled = !(suppositions.list.length && button === go) && !suppositions.drafted();
    return section(say("suppose.title"), suppositions.list.length ? say("suppose.count", { n: suppositions.list.length }) : "", suppositions.shown(), fields, now.fault && el("p", { class: "alert", role: "alert" }, glyphs.node(glyphs.tools.warning), el("span", {}, now.fault)), go && el("div", { class: "buttons" }, go, more));
  }

  /** From a figure to another one; what got worse is amber, what got better green. */
  function pair(before, after, label) {
    const look = after < before ? "is-ok" : after > before ? "is-more" : "";
    return figure(before === after ? number(after) : `${number(before)} → ${number(after)}`, label, look);
  }

  const lateWord = (one) => (one ? say("timeline.late", { span: lane.long(one.late_s) }) : say("whatif.inTime"));

  function lates({ late_before: before, late_after: after }) {
    const all = [...new Set([...before, ...after].map((one) => one.work_order))], of = (some, id) => some.find((one) => one.work_order === id);
    if (!all.length) return null;
    const row = (id) => el("tr", {}, el("th", { scope: "row" }, plan.orderLink(id)), el("td", { class: of(before, id) ? "is-late-text" : "" }, lateWord(of(before, id))), el("td", { class: of(after, id) ? "is-late-text" : "" }, lateWord(of(after, id))));
    return section(say("whatif.late"), "", el("table", {}, el("thead", {}, el("tr", {}, ["whatif.order", "whatif.now", "whatif.then"].map((key) => el("th", { scope: "col" }, say(key))))), el("tbody", {}, all.map(row))));
  }

  function etrs({ etrs: moved }) {
    if (!moved.length) return null;
    const time = (stamp) => (stamp ? plan.time(stamp) : say("etr.unknownShort")), place = (id) => (facts.rowOf(id) < 0 ? id : facts.where(facts.rowOf(id)) || id);
    const row = (one) => el("tr", {}, el("th", { scope: "row" }, place(one.incident)), el("td", {}, time(one.before)), el("td", {}, time(one.after)), el("td", { class: one.later_s === null ? "" : one.later_s < 0 ? "is-better" : "is-worse" }, one.later_s === null ? "" : plan.later(one.later_s)));
    return section(say("whatif.etrs"), "", el("table", {}, el("thead", {}, el("tr", {}, ["whatif.where", "whatif.now", "whatif.then", "cost.gain"].map((key) => el("th", { scope: "col" }, say(key))))), el("tbody", {}, moved.map(row))));
  }

  /** Work that is in nobody's route only as supposed. */
  function lost({ unassigned_after: after, unassigned_before: before }) {
    const fresh = after.filter((one) => !before.some((other) => other.work_order === one.work_order));
    return fresh.length ? section(say("whatif.lost"), number(fresh.length), el("ul", {}, fresh.map((one) => el("li", {}, plan.orderLink(one.work_order), el("p", { class: "reason" }, sentence(one.detail)))))) : null;
  }

  function result(answer) {
    const { changes, closed, cost, crews, late_after: late, late_before: lateNow, said, unassigned_after: left, unassigned_before: leftNow } = answer;
    return [section("", "", suppositions.shown(),
      el("div", { class: "nothing", role: "status" }, glyphs.node(glyphs.tools.met), el("div", {}, el("b", {}, say("whatif.nothing")), el("p", { class: "small" }, say("whatif.against", { n: answer.number, time: plan.time(answer.now) })))),
      el("ul", { class: "answers" }, said.map((one) => el("li", {}, sentence(one)))), closed && el("p", { class: "small" }, say("whatif.closed", { n: number(closed.streets), m: number(closed.metres) })),
      el("div", { class: "figures" }, pair(lateNow.length, late.length, say("whatif.lateOrders")), pair(leftNow.length, left.length, say("whatif.unassigned")), figure(number(changes.length), say("whatif.changes"))),
      el("div", { class: "buttons" }, actionButton("whatif-change", say("whatif.change"), "", () => { now.answer = null; redraw(); mainbreak.focusIn(".suppose-form [aria-pressed=true]"); }, "is-primary is-small"),
        actionButton("whatif-new", say("whatif.fresh"), "", () => { suppositions.clear(); now.answer = null; redraw(); mainbreak.focusIn(".suppose-form [aria-pressed=true]"); }, "is-small"))),
    mainbreak.costPicture(cost, say("whatif.now"), say("whatif.then")), etrs(answer), lates(answer), lost(answer),
    section(say("whatif.moves"), number(changes.length), changes.length ? mainbreak.changeList(changes, crews) : el("p", { class: "small" }, say("whatif.same")))];
  }

  cards.whatif = () => {
    const title = head(glyphs.node(glyphs.tools.supposed), say("whatif.title"), "", chip("is-supposed", null, say("whatif.chip")));
    const body = isAsking() ? [section("", "", suppositions.shown()), progress()] : now.answer ? result(now.answer) : [form()];
    return [title, ...body].filter(Boolean);
  };

  /** A supposition is a picture of one instant: what happens meanwhile does not draw it anew. */
  mainbreak.cardStands = () => state.card === "whatif";

  function leave() {
    if (state.card === "whatif") return;
    if (isAsking()) stop();
    if (mainbreak.isClosing() && mainbreak.closureNode()) mainbreak.stopClosing();
  }

  mainbreak.startWhatIf = () => {
    on("tick", tick);
    on("card", leave);
    for (const event of ["drafted", "dropped"]) on(event, () => { now.fault = ""; });
    on("drafted", redraw);
    on("closure", () => state.card === "whatif" && redraw());
    mainbreak.stopAsking = () => { if (!isAsking()) return false; stop(); now.fault = ""; redraw(); return true; };
  };
})();

/* 今天: the visits in order; what the next one asks for is one tap away. */
"use strict";

mainbreak.crew.screens = {};

mainbreak.crew.screens.today = (() => {
  const { el, say, sentence } = mainbreak;
  const { day, icons, outbox, parts, position, reporting, sheets, streets } = mainbreak.crew;

  function fact(name, text, late = false) {
    return el("div", {}, el("dt", {}, name), el("dd", { class: late && "is-late" }, text));
  }

  function facts(visit) {
    if (["on_site", "paused", "field_complete"].includes(visit.state)) {
      return el("dl", { class: "facts" }, visit.on_site_at && fact(say("visit.since"), parts.clock(visit.on_site_at)),
        visit.state === "paused" && visit.said && fact(say("visitState.paused"), visit.said));
    }
    const due = parts.due(visit);
    return el("dl", { class: "facts" }, fact(say("visit.eta"), parts.arrival(visit)),
      due && fact(say("visit.due"), due.text, due.late), fact(say("visit.way"), parts.way(visit.travel_m)));
  }

  /** One line for a visit that is not yet the crew's turn. */
  function brief(visit) {
    const due = parts.due(visit);
    const late = due && el("span", { class: due.late && "is-late" }, due.late ? due.text : `${say("visit.due")} ${due.text}`);
    return el("p", { class: "brief" }, `${say("visit.eta")} ${parts.arrival(visit)}`, late && " · ", late);
  }

  const steps = { assigned: "accepted", accepted: "en_route", en_route: "on_site" };

  function actions(visit) {
    const { id, state } = visit, next = steps[state];
    const goes = parts.asksArrived(visit) ? parts.arrived(visit) : next
      ? parts.button(say(`do.${next}`), () => reporting.move(id, next), { look: "primary", key: `${id}.${next}` })
      : parts.link(say("crew.goOn"), `#visit/${id}`, { look: "primary", key: `${id}.open` });
    const declines = ["assigned", "accepted"].includes(state)
      && parts.button(say("do.declined"), () => reporting.move(id, "declined"), { key: `${id}.declined` });
    return el("div", { class: "pair" }, goes, declines);
  }

  function card(visit, row, first) {
    const asks = !visit.ended && (row === first || visit.state === "assigned");
    const head = el("div", { class: "card-head" }, parts.priority(visit.priority), parts.stateChip(visit, row), el("span", { class: "id" }, visit.work_order));
    const title = el("a", { class: "card-title", href: `#visit/${visit.id}`, "data-key": visit.id }, sentence(visit.title));
    return el("li", { class: `card ${row === first ? "is-first" : ""} ${visit.ended ? "is-ended" : ""}` }, head, el("h2", {}, title),
      el("p", { class: "where" }, visit.label || say("visit.noPlace")),
      visit.ended ? el("p", { class: "brief" }, say("visit.ended")) : row === first ? facts(visit) : brief(visit),
      parts.seen(visit),
      asks && actions(visit));
  }

  function conflicts() {
    const n = outbox.all().filter((item) => item.outcome === "conflict").length;
    return n > 0 && el("a", { class: "note is-warning", href: "#outbox" }, icons("warning"), el("b", {}, say("outbox.count", { n })), icons("on"));
  }

  /** Reports that wait stay in the phone and go when this crew logs in again; the day does not stay. */
  async function leave() {
    try { await mainbreak.live.api("DELETE", "/api/session"); } catch { /* gone already */ }
    day.forget();
    window.location.assign("/login");
  }

  function askToLeave() {
    const n = outbox.waiting().length;
    if (n) sheets.sure(say("ask.leave"), [say("ask.stay", { n })], say("nav.logout"), leave);
    else leave();
  }

  function foot() {
    return el("div", { class: "foot" },
      parts.button(say("bar.otherLanguage"), mainbreak.switchLanguage, { key: "language" }),
      parts.button("", mainbreak.switchTheme, { icon: "sun", key: "theme", label: say("crew.theme") }),
      parts.button(say("nav.logout"), askToLeave, { key: "leave" }));
  }

  function empty() {
    return el("div", { class: "empty" }, el("b", {}, say("crew.none")), el("p", {}, say("crew.noneHint")));
  }

  function failure() {
    const { failure: fault } = day;
    return fault && fault.status !== 0 && fault.status !== 401 && el("div", { class: "note is-warning" }, icons("warning"),
      el("b", {}, say("crew.failed", { text: fault.message || fault.status })));
  }

  function draw() {
    const visits = day.visits(), first = visits.findIndex((one) => !one.ended), left = visits.filter((one) => !one.ended).length;
    const shift = position.onShift();
    return {
      tab: "today",
      title: [el("h1", {}, day.me.crew.name), el("span", { class: "sub" }, say(left === 1 ? "crew.one" : "crew.count", { n: left })),
        parts.chip(say(shift ? "crew.onShift" : "crew.offShift"), shift ? "is-good" : "")],
      body: [failure(), conflicts(), visits.length ? el("ul", { class: "cards" }, visits.map((one, row) => card(one, row, first))) : empty(), streets.list(),
        el("p", { class: "small" }, say("crew.tracking")), foot()],
    };
  }

  return draw;
})();

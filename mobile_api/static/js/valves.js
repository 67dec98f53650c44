/* 关阀: the isolation valves in closing order, each with the number it keeps. */
"use strict";

mainbreak.crew.screens.valves = (() => {
  const { el, say } = mainbreak;
  const { day, outbox, parts, position, reporting, screens } = mainbreak.crew;

  const done = (step) => ["closed", "stuck"].includes(step.state);
  const mark = (step) => el("span", { class: `mark is-${step.state}` }, String(step.number));

  function progress(order) {
    return el("div", { class: "progress", "aria-hidden": "true" }, order.map((step) => el("i", { class: `is-${step.state}` })));
  }

  function away(step) {
    const { last } = position;
    return last && parts.way(L.latLng(last.lat, last.lon).distanceTo([step.lat, step.lon]));
  }

  const detail = (step) => [step.dn > 0 && say("valve.dn", { n: step.dn }), step.road, away(step)].filter(Boolean).join(" · ");

  /** What this phone last said about an isolation valve. */
  const reportOf = (visit, step) => outbox.all()
    .filter((item) => item.work_order === visit.work_order && item.isolation_valve === step.id && item.state !== "refused").at(-1);

  function finished(visit, step) {
    const report = reportOf(visit, step), mayUndo = report && outbox.canUndo(report);
    const word = { closed: say("step.closed"), stuck: say("step.stuck") }[step.state];
    const said = report && [parts.clock(report.device_time), report.reason, report.state === "waiting" && say("valve.unsent")];
    return el("li", { class: "card step" }, mark(step),
      el("div", { class: "step-text" }, el("h2", {}, `${step.id} ${word}`), el("p", { class: "meta" }, (said || [detail(step)]).filter(Boolean).join(" · ")),
        report && !mayUndo && el("p", { class: "meta" }, say("valve.sent"))),
      mayUndo && parts.button(say("undo.one"), () => reporting.undo(report.key), { look: "small", key: `${step.id}.undo` }));
  }

  /** The next one has the large button; the others can be reported too, when opened. */
  function open(visit, step) {
    const at = (kind, reason) => () => reporting.valve(visit.id, step, kind, reason);
    const close = parts.button(say("valve.closed"), at("valve_closed"), { look: "primary", icon: "check", key: `${step.id}.closed` });
    const others = el("div", { class: "three" },
      parts.button(say("valve.stuck"), at("valve_stuck"), { look: "danger", key: `${step.id}.stuck` }),
      parts.button(say("valve.missing"), at("valve_stuck", say("because.not_found")), { key: `${step.id}.missing` }),
      parts.button(say("valve.already"), at("valve_closed", say("because.was_closed")), { key: `${step.id}.already` }));
    const text = el("div", { class: "step-text" }, el("h2", {}, step.id), el("p", { class: "meta" }, detail(step)));
    if (step.state === "next") return el("li", { class: "card is-first" }, el("div", { class: "step" }, mark(step), text), close, others);
    return el("li", { class: "card" }, el("details", { "data-key": step.id },
      el("summary", { class: "step" }, mark(step), text, parts.chip(say("step.waiting"))), close, others));
  }

  function draw(id) {
    const visit = day.visit(id);
    if (!visit || !visit.isolation) return screens.visit.gone(id);
    const { order } = visit.isolation, n = order.filter(done).length;
    const stuck = order.some((step) => step.state === "stuck");
    const all = n === order.length;
    return {
      tab: "today",
      title: [screens.visit.back(`#visit/${id}`), el("h1", {}, say("valve.title")), el("span", { class: "sub" }, visit.incident),
        el("b", { class: "tally" }, `${n} / ${order.length}`)],
      body: [progress(order), all && el("div", { class: "note is-good" }, el("div", {}, el("b", {}, say("valve.all")), el("p", {}, say("valve.allHint")))),
        el("ul", { class: "cards" }, order.map((step) => (done(step) ? finished(visit, step) : open(visit, step)))),
        stuck && el("p", { class: "small" }, say("valve.stuckHint")),
        all && parts.link(say("visit.back"), `#visit/${id}`, { look: "primary", key: "back" })],
    };
  }

  return draw;
})();

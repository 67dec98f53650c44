/* 开阀: after the repair, the isolation valves in the order that gives most premises water first. */
"use strict";

mainbreak.crew.screens.opening = (() => {
  const { el, number, say } = mainbreak;
  const { day, outbox, parts, reporting, screens } = mainbreak.crew;

  const done = (step) => ["opened", "jammed"].includes(step.state);
  const mark = (step) => el("span", { class: `mark is-${{ opened: "closed", jammed: "stuck" }[step.state] || step.state}` }, String(step.number));
  const back = (step) => step.gives_back > 0 && say(step.gives_back === 1 ? "opening.one" : "opening.back", { n: number(step.gives_back) });
  const detail = (step) => [step.dn > 0 && say("valve.dn", { n: step.dn }), step.road].filter(Boolean).join(" · ");

  const progress = (order) => el("div", { class: "progress", "aria-hidden": "true" },
    order.map((step) => el("i", { class: `is-${{ opened: "closed", jammed: "stuck" }[step.state] || step.state}` })));

  /** What this phone last said about an isolation valve. */
  const reportOf = (visit, step) => outbox.all()
    .filter((item) => item.work_order === visit.work_order && item.isolation_valve === step.id && item.state !== "refused").at(-1);

  function finished(visit, step) {
    const report = reportOf(visit, step), mayUndo = report && outbox.canUndo(report);
    const said = [report && parts.clock(report.device_time), step.state === "opened" && back(step), report && report.reason,
      report && report.state === "waiting" && say("valve.unsent")];
    return el("li", { class: "card step" }, mark(step),
      el("div", { class: "step-text" }, el("h2", {}, `${step.id} ${say({ opened: "opening.opened", jammed: "opening.jammed" }[step.state])}`), el("p", { class: "meta" }, said.filter(Boolean).join(" · "))),
      mayUndo && parts.button(say("undo.one"), () => reporting.undo(report.key), { look: "small", key: `${step.id}.undo` }));
  }

  /** The next one has the large button; the others can be reported too, when opened. */
  function open(visit, step) {
    const at = (kind, reason) => () => reporting.valve(visit.id, step, kind, reason);
    const opened = parts.button(say("opening.do"), at("valve_opened"), { look: "primary", icon: "check", key: `${step.id}.opened` });
    const jammed = parts.button(say("opening.jam"), at("valve_stuck", say("because.jammed")), { look: "danger", key: `${step.id}.jammed` });
    const text = el("div", { class: "step-text" }, el("h2", {}, step.id), el("p", { class: "meta" }, [detail(step), back(step)].filter(Boolean).join(" · ")));
    if (step.state === "next") return el("li", { class: "card is-first" }, el("div", { class: "step" }, mark(step), text), opened, el("div", { class: "three" }, jammed));
    if (step.state === "waiting") {
      return el("li", { class: "card" }, el("details", { "data-key": step.id },
        el("summary", { class: "step" }, mark(step), text, parts.chip(say("opening.waiting"))), opened, el("div", { class: "three" }, jammed)));
    }
    return el("li", { class: "card step" }, mark(step), text, parts.chip(say({ held: "opening.held", kept: "opening.kept" }[step.state])));
  }

  function draw(id) {
    const visit = day.visit(id);
    if (!visit || !visit.opening) return screens.visit.gone(id);
    const order = visit.opening, n = order.filter(done).length, all = !order.some((step) => ["next", "waiting"].includes(step.state));
    return {
      tab: "today",
      title: [screens.visit.back(`#visit/${id}`), el("h1", {}, say("opening.title")), el("span", { class: "sub" }, visit.incident),
        el("b", { class: "tally" }, `${n} / ${order.length}`)],
      body: [progress(order), all && el("div", { class: "note is-good" }, el("div", {}, el("b", {}, say("valve.all")), el("p", {}, say("opening.allHint")))),
        el("ul", { class: "cards" }, order.map((step) => (done(step) ? finished(visit, step) : open(visit, step)))),
        !all && el("p", { class: "small" }, say("opening.hint")),
        all && parts.link(say("visit.back"), "#today", { look: "primary", key: "back" })],
    };
  }

  return draw;
})();

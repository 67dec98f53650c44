/* The selected incident, in the order of the work: tickets, location, isolation, outage, crews, log. */
"use strict";

mainbreak.incidentPanel = (row) => {
  const { clockChips, el, facts, glyphs, parts, say, set, stateChip } = mainbreak;
  const one = facts.incident(row), outage = facts.outageOf(row), { day } = facts.facts();

  function head() {
    const close = el("button", { type: "button", class: "quiet close", title: say("panel.close"), "aria-label": say("panel.close"), onclick: () => set("incident", "") },
      glyphs.node(glyphs.tools.close));
    return el("header", { class: "panel-head" },
      el("div", { class: "panel-title" }, glyphs.node(glyphs.priority(one.p)),
        el("h2", {}, facts.title(row)), el("span", { class: "count" }, one.id), close),
      el("div", { class: "chips" }, stateChip(row), el("span", { id: "panel-clocks", class: "chips-inner" }, clockChips(row)),
        mainbreak.majorLine && mainbreak.majorLine(row), mainbreak.dismissButton && mainbreak.dismissButton(row)), mainbreak.urgentLines && mainbreak.urgentLines(row), mainbreak.kinLines && mainbreak.kinLines(row), steps());
  }

  const sign = { done: "✓", blocked: "!", planned: "", current: "", none: "" };
  const steps = () => el("ol", { class: "steps" }, (day.live ? going() : planned()).map(([key, look]) =>
    el("li", { class: `is-${look}` }, `${sign[look]} ${say(`part.${key}`)}`.trim())));

  /** Planned steps are outlined. */
  function planned() {
    const coming = facts.visitsOf(row).length > 0, left = facts.leftOverOf(row).length > 0;
    const found = [["tickets", "done"], ["location", one.pipe < 0 ? "blocked" : "done"]];
    if (outage) found.push(["isolation", "planned"], ["outage", "planned"]);
    found.push(["crews", left ? "blocked" : coming ? "planned" : "none"]);
    return found;
  }

  /** What is done is full, what is being done blue, what is stuck red. */
  function going() {
    const visits = facts.visitsOf(row), left = facts.leftOverOf(row).some((open) => open.reason || day.orders[open.order].state === "ready");
    const found = [["location", one.pipe < 0 ? "blocked" : "done"]];
    if (outage) {
      const turns = mainbreak.isolationValves.turns(outage), due = turns.some((turn) => ["waiting", "next"].includes(turn.state));
      const blocked = facts.isBlocked(outage), shut = facts.isDry(outage) && !due && !blocked, gone = facts.isGone(outage);
      found.push(["isolation", gone || shut ? "done" : blocked ? "blocked" : visits.some((visit) => visit.state) ? "current" : "none"]);
      found.push(["outage", gone ? "done" : facts.isDry(outage) ? "current" : "planned"]);
    }
    const busy = visits.some((visit) => visit.ended == null), done = visits.length > 0 && !busy && !left;
    found.push(["crews", left ? "blocked" : done ? "done" : busy ? "current" : "none"]);
    if (outage) found.push(["restore", outage.state === "restored" ? "done" : "none"]);
    found.push(["verify", one.state === "closed" ? "done" : one.state === "resolved" ? "current" : "none"]);
    return found;
  }

  const log = mainbreak.parts.log && mainbreak.parts.log(row);
  const whose = mainbreak.parts.whose && mainbreak.parts.whose(row);
  const command = mainbreak.incidentCommands && mainbreak.incidentCommands(row);
  return [head(), command, parts.tickets(row), parts.location(row), parts.isolation(row), parts.outage(row), parts.crews(row), whose, log].filter(Boolean);
};

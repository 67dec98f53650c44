/* The list of incidents: most urgent first; one listbox, moved through with J, K or the arrows. */
"use strict";

(() => {
  const { el, facts, glyphs, number, on, say, set, span, clock, state } = mainbreak;
  const list = () => document.getElementById("incidents");

  /** On site in time (tick and time to spare), late (red, by how much) or nobody assigned. */
  function clockChip(row) {
    const due = facts.onSite(row);
    if (due.state === "open") return el("span", { class: "due is-open" }, glyphs.node(glyphs.tools.open), say("sla.open"));
    if (due.state === "late") {
      return el("span", { class: "due is-late" }, glyphs.node(glyphs.tools.late),
        say("sla.onSite"), " ", el("b", {}, say("sla.over", { span: span(due.left) })));
    }
    return el("span", { class: "due is-met", title: due.left === null ? null : say("sla.spare", { span: span(due.left) }) },
      glyphs.node(glyphs.tools.met), say("sla.onSite"), " ", el("b", {}, clock(due.eta)));
  }

  function stateChip(row) {
    const { state: word } = facts.incident(row);
    return el("span", { class: `chip is-${word}` }, say(`incident.${word}`));
  }

  function line(row) {
    const one = facts.incident(row), outage = facts.outageOf(row);
    const parts = [one.id, mainbreak.tickets(one.tickets.length)];
    if (outage) parts.push(say("count.out", { n: number(outage.out) }));
    return parts.join(" · ");
  }

  function option(row) {
    return el("li", {
      id: `incident-${row}`, role: "option", class: "row", "aria-selected": String(state.incident === row),
      onclick: () => { set("incident", row); },
    },
    glyphs.node(glyphs.priority(facts.incident(row).p)),
    el("div", { class: "row-main" },
      el("div", { class: "row-line" }, el("b", { class: "row-title" }, facts.title(row)), clockChip(row)),
      el("div", { class: "row-line" }, el("span", { class: "row-meta" }, line(row)), stateChip(row))));
  }

  const shown = () => facts.sorted().filter((row) => !state.filter || facts.incident(row).p === state.filter);

  function draw() {
    const rows = shown(), { day } = facts.facts();
    document.getElementById("queue-count").textContent = number(day.incidents.length);
    document.getElementById("queue-order").textContent =
      state.filter ? say("queue.only", { p: state.filter, n: rows.length }) : say("queue.order");
    list().replaceChildren(...(rows.length ? rows.map(option) : [el("li", { class: "empty" }, say("queue.empty"))]));
    mark();
  }

  function mark() {
    for (const node of list().querySelectorAll("[aria-selected=true]")) node.setAttribute("aria-selected", "false");
    const node = document.getElementById(`incident-${state.incident}`);
    list().setAttribute("aria-activedescendant", node ? node.id : "");
    if (!node) return;
    node.setAttribute("aria-selected", "true");
    node.scrollIntoView({ block: "nearest" });
  }

  /** Select the next (1) or the previous (-1) incident. */
  function step(by) {
    const rows = shown(), here = rows.indexOf(state.incident);
    if (!rows.length) return;
    set("incident", rows[Math.min(rows.length - 1, Math.max(0, here < 0 ? 0 : here + by))]);
  }

  function startQueue() {
    list().addEventListener("keydown", (event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      step(by);
    });
    on("incident", mark);
    on("filter", draw);
    on("redraw", draw);
    draw();
  }

  Object.assign(mainbreak, { clockChip, startQueue, stateChip, step });
})();

/* The list of incidents: most urgent first; one listbox, moved through with J, K or the arrows. While
   the pointer or the focus is inside, its order stands still and a pill counts what changed. */
"use strict";

(() => {
  const { clockChip, el, facts, glyphs, number, on, say, set, state, stateChip } = mainbreak;
  const list = () => document.getElementById("incidents");
  const met = new Set();
  let held = [];

  function line(row) {
    const one = facts.incident(row), outage = facts.outageOf(row);
    const parts = [one.id, mainbreak.tickets(one.tickets.length)];
    if (outage && !facts.isGone(outage)) parts.push(say("count.out", { n: number(outage.out) }));
    return parts.join(" · ");
  }

  /** A P1 that was not there before pulses once. */
  function isNew(row, id) {
    const fresh = met.size > 0 && !met.has(id) && facts.incident(row).p === 1;
    met.add(id);
    return fresh;
  }

  function option(row) {
    const id = facts.idOf(row);
    return el("li", {
      id: `incident-${id}`, role: "option", class: `row ${isNew(row, id) ? "is-new" : ""}`, "aria-selected": String(state.incident === id),
      onclick: () => (mainbreak.pickIncident ? mainbreak.pickIncident(id) : set("incident", id)),
    },
    glyphs.node(glyphs.priority(facts.incident(row).p)),
    el("div", { class: "row-main" },
      el("div", { class: "row-line" }, el("b", { class: "row-title", title: facts.title(row) }, facts.title(row)), clockChip(row)),
      el("div", { class: "row-line" }, el("span", { class: "row-meta" }, line(row)), el("span", { class: "marks" }, marks(row)))));
  }

  /** Five callers have confirmed what is major: one mark is enough. */
  function marks(row) {
    const major = mainbreak.majorChip && mainbreak.majorChip(row);
    return major && facts.incident(row).state === "confirmed" ? [major] : [major, stateChip(row)];
  }

  const wanted = () => facts.sorted().filter((row) => !state.filter || facts.incident(row).p === state.filter).map(facts.idOf);
  const pointed = () => document.getElementById("queue").matches(":hover");
  /** A click leaves the focus behind without meaning it; the keyboard means it. */
  const busy = () => pointed() || list().matches(":focus-visible");

  /** What waits to be shown: rows that came, went or moved. */
  function waiting() {
    const next = wanted(), place = new Map(held.map((id, at) => [id, at]));
    const came = next.filter((id) => !place.has(id)).length, went = held.filter((id) => !next.includes(id)).length;
    const stayed = next.filter((id) => place.has(id)).map((id) => place.get(id));
    const moved = stayed.filter((at, row) => row > 0 && at < stayed[row - 1]).length;
    return came + went + moved;
  }

  function pill() {
    const button = document.getElementById("changes"), n = button ? waiting() : 0;
    if (!button) return;
    button.hidden = n === 0;
    if (n) button.textContent = say(n === 1 ? "queue.change" : "queue.changes", { n });
  }

  /** Take the present order, or only refresh what the held rows say. */
  function draw(force = true) {
    if (force || !busy()) held = wanted();
    const rows = held.map(facts.rowOf).filter((row) => row >= 0), top = list().scrollTop;
    list().replaceChildren(...(rows.length ? rows.map(option) : [el("li", { class: "empty" }, say("queue.empty"))]));
    list().scrollTop = top;
    met.add(""); // from now on a row can be new
    heads();
    mark();
    pill();
  }

  function heads() {
    const count = document.getElementById("queue-count");
    if (count) count.textContent = number(facts.sorted().length);
    document.getElementById("queue-order").textContent =
      state.filter ? say("queue.only", { p: state.filter, n: held.length }) : say(facts.facts().day.live ? "queue.byDue" : "queue.order");
  }

  function mark() {
    for (const node of list().querySelectorAll("[aria-selected=true]")) node.setAttribute("aria-selected", "false");
    const node = document.getElementById(`incident-${state.incident}`);
    list().setAttribute("aria-activedescendant", node ? node.id : "");
    if (node) node.setAttribute("aria-selected", "true");
  }

  function reveal() {
    mark();
    const node = document.getElementById(`incident-${state.incident}`);
    if (node) node.scrollIntoView({ block: "nearest" });
  }

  /** Select the next (1) or the previous (-1) incident. */
  function step(by) {
    const here = held.indexOf(state.incident);
    if (!held.length) return;
    set("incident", held[Math.min(held.length - 1, Math.max(0, here < 0 ? 0 : here + by))]);
  }

  /** Each second the clocks of the rows that show one. */
  function tick() {
    for (const id of held) {
      const row = facts.rowOf(id), node = document.getElementById(`incident-${id}`);
      if (node && row >= 0) node.querySelector(".due").replaceWith(clockChip(row));
    }
  }

  function startQueue() {
    list().addEventListener("keydown", (event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      step(by);
    });
    const button = document.getElementById("changes");
    if (button) button.addEventListener("click", () => draw(true));
    document.getElementById("queue").addEventListener("pointerleave", () => waiting() && draw(false));
    on("incident", reveal);
    on("filter", () => draw(true));
    on("redraw", () => draw(true));
    on("tables", () => draw(false));
    on("tick", tick);
    draw();
  }

  Object.assign(mainbreak, { queuePointed: pointed, startQueue, step });
})();

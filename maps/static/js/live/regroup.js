/* Tickets of an incident sorted out by hand: into an incident of their own, into another one, or all of
   them with the incident. Each can be taken back. */
"use strict";

(() => {
  const { actionButton, at, clock, data, decide, el, facts, glyphs, live, number, on, say, set, state } = mainbreak;
  const now = { chosen: new Set(), aim: "", target: "", fault: "" };
  const keyOf = (id) => `regroup ${id}`;
  const may = () => live.me.role === "dispatcher";
  const path = (kind, id, verb) => `/api/${kind}/${encodeURIComponent(id)}/${verb}`;

  const redraw = () => mainbreak.emit("editor", state.editor);

  function change(part, focus) {
    Object.assign(now, { fault: "" }, part);
    mainbreak.pickIncident = now.aim ? (id) => pick(id) : null;
    document.body.classList.toggle("is-choosing", Boolean(now.aim));
    redraw();
    if (focus) mainbreak.focusIn(focus);
  }

  function open(id) {
    now.chosen.clear();
    set("editor", keyOf(id));
    change({ aim: "", target: "" }, ".regroup input, .regroup button");
  }

  function leave() {
    set("editor", "");
    change({ aim: "", target: "" });
  }

  /** All tickets, also those without a place that somebody attached. */
  function members(one) {
    const told = mainbreak.story(one.id), { day } = facts.facts();
    const placed = one.tickets.map((row) => ({ ...day.tickets[row], where: "" }));
    if (!told) return placed;
    const seconds = (instant) => Date.parse(instant) / 1000 - data("day").midnight;
    return told.tickets.map((ticket) => ({ id: ticket.id, at: seconds(ticket.received_at), text: ticket.text, symptom: ticket.symptom || "other",
      where: ticket.place ? ticket.place.label : say("ticket.unplaced") }));
  }

  const others = (id) => {
    const here = at(...facts.incident(facts.rowOf(id)).xy);
    return facts.sorted().filter((row) => facts.idOf(row) !== id).map((row) => ({ row, metres: here.distanceTo(at(...facts.incident(row).xy)) })).sort((a, b) => a.metres - b.metres);
  };

  /** Take an incident as the one the tickets go to: from the list, or clicked on the map. */
  function pick(id) {
    if (id === state.incident) return;
    change({ target: id }, "[data-action=regroup-go]");
  }

  const refused = (text) => change({ fault: text });

  async function run(steps, told, name) {
    const answer = await decide(steps, told, name, refused);
    if (answer) leave();
    return answer;
  }

  const ownDone = (id) => (answer) => (answer.incident ? say("regroup.ownDone", { ticket: id, id: answer.incident.id }) : say("regroup.waits", { ticket: id }));

  /** One ticket gets an incident of its own, or waits for its place. */
  mainbreak.ownIncident = (ticket, hear) => decide([[path("tickets", ticket, "detach"), {}]], ownDone(ticket), say("regroup.ownName", { id: ticket }), hear);

  async function apart(id) {
    const tickets = [...now.chosen];
    if (tickets.length === 1) { if (await mainbreak.ownIncident(tickets[0], refused)) leave(); return; }
    await run([[path("incidents", id, "split"), { tickets }]], (answer) => say("regroup.splitDone", { n: tickets.length, id: answer.incident.id }), say("regroup.splitName", { n: tickets.length }));
  }

  async function go(id) {
    const { target } = now;
    if (!target) return;
    if (now.aim === "merge") {
      const answer = await run([[path("incidents", id, "merge"), { into: target }]], say("regroup.merged", { id, into: target }), say("regroup.mergeName", { id, into: target }));
      if (answer) set("incident", answer.incident.id);
      return;
    }
    const steps = [...now.chosen].map((ticket) => [path("tickets", ticket, "attach"), { incident: target }]);
    const answer = await run(steps, say("regroup.moved", { n: steps.length, id: target }), say("regroup.moveName", { id: target }));
    if (answer && facts.rowOf(id) < 0) set("incident", target);
  }

  function line(one) {
    const box = el("input", { type: "checkbox", "data-key": `pick ${one.id}`, onchange: () => {
      if (box.checked) now.chosen.add(one.id); else now.chosen.delete(one.id);
      change(now.aim === "move" && !now.chosen.size ? { aim: "", target: "" } : {});
    } });
    box.checked = now.chosen.has(one.id);
    const words = one.text ? say("ticket.words", { text: one.text }) : say(`symptom.${one.symptom}`);
    return el("li", {}, el("label", { class: "check" }, box, el("span", {}, el("b", {}, one.id), el("span", { class: "count" }, ` ${clock(one.at)} `), words,
      one.where && el("span", { class: "small check-where" }, one.where))));
  }

  function targets(id) {
    const all = others(id);
    if (!all.length) return el("p", { class: "small" }, say("regroup.none"));
    const item = ({ row, metres }) => {
      const other = facts.idOf(row);
      return el("li", {}, el("button", { type: "button", class: "target", "aria-pressed": String(now.target === other), "data-key": `target ${other}`, onclick: () => pick(other) },
        glyphs.node(glyphs.priority(facts.incident(row).p, 0.75)), el("b", {}, facts.title(row)), el("span", { class: "count" }, `${other} · ${mainbreak.candidate.metres(metres)}`)));
    };
    return el("div", {}, el("p", { class: "small" }, say("regroup.target")), el("ul", { class: "targets" }, all.map(item)));
  }

  /** What confirming will do, before its button. */
  function consequence(id) {
    if (!now.target) return null;
    const text = now.aim === "merge" ? say("regroup.willMerge", { id, into: now.target }) : say("regroup.willMove", { n: now.chosen.size, id: now.target });
    return el("div", {}, el("p", {}, text), el("div", { class: "buttons" }, actionButton("regroup-go", say("regroup.go"), "Enter", () => go(id), "is-primary is-small")));
  }

  function editor(row) {
    const one = facts.incident(row), all = members(one), n = now.chosen.size;
    for (const id of now.chosen) if (!all.some((ticket) => ticket.id === id)) now.chosen.delete(id);
    const aim = (name) => () => change({ aim: now.aim === name ? "" : name, target: "" }, ".targets button");
    const button = (action, text, act, disabled, pressed) => {
      const node = actionButton(action, text, "", act, "is-small");
      node.disabled = disabled;
      if (pressed !== undefined) node.setAttribute("aria-pressed", String(pressed));
      return node;
    };
    return el("div", { class: "editor regroup", role: "group", "aria-label": say("regroup.title") },
      el("p", { class: "small" }, say("regroup.title"), " ", el("b", {}, n ? say("regroup.chosen", { n: number(n) }) : "")),
      el("ul", { class: "checks" }, all.map(line)),
      el("div", { class: "buttons" }, button("regroup-own", say(n > 1 ? "regroup.split" : "outlier.own"), () => apart(one.id), !n || n === all.length),
        button("regroup-move", say("regroup.move"), aim("move"), !n, now.aim === "move"), button("regroup-merge", say("regroup.merge"), aim("merge"), false, now.aim === "merge"),
        actionButton("cancel", say("button.cancel"), "Esc", leave, "is-link is-small")),
      now.aim && targets(one.id), consequence(one.id), now.fault && el("p", { class: "alert", role: "alert" }, glyphs.node(glyphs.tools.warning), el("span", {}, now.fault)));
  }

  /** The editor in place of the calls, null while it is closed. */
  mainbreak.regroupEditor = (row) => (may() && state.editor === keyOf(facts.idOf(row)) ? editor(row) : null);

  mainbreak.regroupButton = (row) => {
    const id = facts.idOf(row);
    if (!may() || facts.isOver(row) || state.editor === keyOf(id)) return null;
    return actionButton("regroup", say("regroup.ask"), "U", () => open(id), "is-small");
  };

  on("editor", (editing) => { if (!editing.startsWith("regroup") && now.aim) Object.assign(now, { aim: "", target: "" }); if (!now.aim) { mainbreak.pickIncident = null; document.body.classList.remove("is-choosing"); } });
})();

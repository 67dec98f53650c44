/* Give a work order to a crew by hand: the crews with the time they would take, the fit ones first. */
"use strict";

(() => {
  const { actionButton, command, crews, data, el, facts, glyphs, live, on, say, set, state, undoable } = mainbreak;
  const known = new Map();
  const keyOf = (row) => `assign ${facts.facts().day.orders[row].id}`;

  /** The crew that has the order now and whether a dispatcher said so. */
  function present(id) {
    const day = data("day"), row = day.orders.findIndex((order) => order.id === id);
    const visit = facts.facts().visitOf.get(row);
    return visit && visit.crew >= 0 && visit.ended == null ? { crew: day.crews[visit.crew].id, pinned: visit.pinned } : { crew: null, pinned: false };
  }

  const nameOf = (crew) => data("day").crews.find((one) => one.id === crew)?.name || crew;
  const send = (id, crew, told) => command(`/api/work-orders/${encodeURIComponent(id)}/assign`, { crew }, told);

  async function assign(id, crew) {
    const before = present(id), told = crew ? say("assign.done", { crew: nameOf(crew), id }) : say("assign.freed", { id });
    if (!await send(id, crew, told)) return;
    set("editor", "");
    const back = before.pinned ? before.crew : null;
    undoable(crew ? say("assign.name", { crew: nameOf(crew) }) : say("assign.freedName", { id }),
      () => send(id, back, say("undo.done")));
  }

  async function ask(id) {
    known.delete(id);
    try {
      known.set(id, (await live.api("GET", `/api/console/work-orders/${encodeURIComponent(id)}/crews`)).items);
    } catch (error) {
      mainbreak.toast(live.explain(error));
      set("editor", "");
    }
    mainbreak.emit("editor", state.editor);
    if (state.editor) mainbreak.focusIn(".crew-option:not([disabled])");
  }

  mainbreak.assignButton = (row) => {
    const order = facts.facts().day.orders[row], visit = facts.facts().visitOf.get(row);
    if (live.me.role !== "dispatcher" || ["done", "cancelled"].includes(order.state)) return null;
    if (visit && ["accepted", "en_route", "on_site", "paused"].includes(visit.state)) return null;
    if (state.editor === keyOf(row)) return editor(row, order);
    const open = () => { set("editor", keyOf(row)); ask(order.id); };
    return el("div", { class: "buttons is-tight" }, actionButton(`assign ${order.id}`, visit ? say("assign.change") : say("assign.ask"), "", open, "is-small"));
  };

  function option(order, one, mine) {
    const crew = data("day").crews.find((other) => other.id === one.crew), short = crews.shortNames()[data("day").crews.indexOf(crew)] || "?";
    const drive = one.seconds === null ? say(`noWay.${one.why || "other_part"}`) : say("assign.drive", { n: Math.max(1, Math.round(one.seconds / 60)) });
    const why = one.missing.length ? say("assign.lacks", { skills: one.missing.map((skill) => say(`skill.${skill}`)).join(" · ") })
      : one.small ? say("assign.small", { n: order.size }) : one.off ? say("crew.off") : crew ? crews.word(crew) : "";
    return el("li", {}, el("button", { type: "button", class: `crew-option ${one.fit ? "" : "is-unfit"} ${mine ? "is-mine" : ""}`, disabled: !one.fit || mine, "data-key": `crew ${one.crew}`,
      onclick: () => assign(order.id, one.crew) }, glyphs.node(glyphs.crew(short, 20)), el("b", {}, nameOf(one.crew)), el("span", { class: "count" }, why), el("span", {}, mine ? say("assign.has") : drive)));
  }

  function editor(row, order) {
    const items = known.get(order.id), now = present(order.id);
    const body = items ? el("ul", { class: "crew-options" }, items.map((one) => option(order, one, one.crew === now.crew))) : el("p", { class: "small" }, say("assign.asking"));
    const free = now.pinned && actionButton("unpin", say("assign.unpin"), "", () => assign(order.id, null), "is-small");
    return el("div", { class: "editor" }, body, el("div", { class: "buttons" }, free, actionButton("cancel", say("button.cancel"), "Esc", () => set("editor", ""), "is-link is-small")));
  }

  on("incident", () => set("editor", ""));
})();

/* Give a work order to a crew by hand: who could, the next best first, then by the drive; what it costs is
   read before the button that does it. */
"use strict";

(() => {
  const { actionButton, command, crews, data, el, facts, glyphs, lane, live, on, plan, say, sentence, set, state, undoable } = mainbreak;
  const known = new Map();
  let chosen = "";
  const path = (id) => `/api/work-orders/${encodeURIComponent(id)}`;
  const keyOf = (id) => `assign ${id}`;
  const redraw = () => mainbreak.emit("editor", state.editor);

  /** The crew that has the order now and whether a dispatcher said so. */
  function present(id) {
    const visit = plan.visitOf(id);
    return visit && visit.crew >= 0 ? { crew: data("day").crews[visit.crew].id, pinned: visit.pinned } : { crew: null, pinned: false };
  }

  const send = (id, crew, told) => command(`${path(id)}/assign`, { crew }, told);

  /** Give it to a crew, or back to the plan where `crew` is null; the undo puts back what was. */
  async function assign(id, crew) {
    const before = present(id), told = crew ? say("assign.done", { crew: plan.crewName(crew), id }) : say("assign.freed", { id });
    if (!await send(id, crew, told)) return;
    set("editor", "");
    undoable(crew ? say("assign.name", { crew: plan.crewName(crew) }) : say("assign.freedName", { id }), () => send(id, before.pinned ? before.crew : null, say("undo.done")));
  }

  async function ask(id) {
    known.delete(id);
    try {
      known.set(id, (await live.api("GET", `/api/console/work-orders/${encodeURIComponent(id)}/crews`)).items);
    } catch (error) {
      mainbreak.toast(live.explain(error));
      set("editor", "");
    }
    redraw();
    if (state.editor) mainbreak.focusIn(".crew-option:not([disabled])");
  }

  function open(id) {
    chosen = "";
    set("editor", keyOf(id));
    ask(id);
  }

  /** Those the plan has weighed stand first, the cheapest first. */
  function ordered(id) {
    const rivals = mainbreak.rivalsOf(id), of = new Map(rivals.map((one) => [one.crew, one]));
    const items = known.get(id).map((one) => ({ ...one, rival: of.get(one.crew) && !of.get(one.crew).blocked ? of.get(one.crew) : null }));
    const rank = (one) => (!one.fit ? 2 : one.rival ? 0 : 1);
    return items.map((one, row) => [one, row]).sort(([a, i], [b, j]) => rank(a) - rank(b) || (a.rival?.extra_s ?? 0) - (b.rival?.extra_s ?? 0) || i - j).map(([one]) => one);
  }

  const drive = (one) => (one.seconds === null ? say(`noWay.${one.why || "other_part"}`) : say("assign.drive", { n: lane.minutes(one.seconds) }));

  function doing(order, one) {
    const crew = data("day").crews[plan.crewRow(one.crew)];
    if (one.missing.length) return say("assign.lacks", { skills: one.missing.map((skill) => say(`skill.${skill}`)).join(" · ") });
    if (order.forbidden.includes(one.crew)) return say("barred.forbidden");
    return one.small ? say("assign.small", { n: order.size }) : one.off ? say("crew.off") : crew ? crews.word(crew) : "";
  }

  function option(order, one, mine) {
    const barred = order.forbidden.includes(one.crew), picked = chosen === one.crew;
    const right = mine ? say("assign.has") : one.rival ? plan.extra(one.rival.extra_s) : drive(one);
    return el("li", {}, el("button", { type: "button", class: `crew-option ${one.fit && !barred ? "" : "is-unfit"} ${mine ? "is-mine" : ""}`, disabled: !one.fit || mine || barred, "aria-pressed": String(picked), "data-key": `crew ${one.crew}`,
      onclick: () => { chosen = one.crew; redraw(); mainbreak.focusIn("[data-action=give]"); } }, plan.crewSign(one.crew, 20), el("b", {}, plan.crewName(one.crew)), el("span", { class: "count" }, doing(order, one)), el("span", {}, right)));
  }

  /** What it costs to give it to the chosen crew, and the button that does it. */
  function price(id, items) {
    const one = items.find((each) => each.crew === chosen);
    if (!one) return el("p", { class: "small" }, say("assign.choose"));
    const name = plan.crewName(chosen), told = one.rival ? sentence(one.rival.said) : say("assign.unweighed", { crew: name, drive: drive(one) });
    const reserve = data("day").crews[plan.crewRow(chosen)]?.reserve && el("p", { class: "caution" }, glyphs.node(glyphs.tools.reserve), say("assign.reserve", { crew: name }));
    return el("div", { class: "price", role: "group", "aria-label": name }, el("p", {}, el("b", {}, told)), el("p", { class: "small" }, say("assign.keeps")), reserve,
      el("div", { class: "buttons" }, actionButton("give", say("assign.give", { crew: name }), "Enter", () => assign(id, chosen), "is-primary is-small"),
        actionButton("suppose-give", say("whatif.first"), "", () => mainbreak.suppose({ kind: "pinned", crew: chosen, order: id }), "is-small")));
  }

  /** The list of crews while it is open, else null. */
  function editor(id) {
    if (state.editor !== keyOf(id)) return null;
    const order = data("day").orders[plan.orderRow(id)], now = present(id), items = known.has(id) ? ordered(id) : null;
    const body = items ? [el("ul", { class: "crew-options" }, items.map((one) => option(order, one, one.crew === now.crew))), price(id, items)] : el("p", { class: "small" }, say("assign.asking"));
    const free = now.pinned && actionButton("unpin", say("assign.unpin"), "", () => assign(id, null), "is-small");
    return el("div", { class: "editor give", role: "group", "aria-label": say("assign.change") }, body, el("div", { class: "buttons" }, free, actionButton("cancel", say("button.cancel"), "Esc", () => set("editor", ""), "is-link is-small")));
  }

  /** On an incident's line of work: the button that opens the list, or the list. */
  mainbreak.assignButton = (row) => {
    const order = facts.facts().day.orders[row], visit = facts.facts().visitOf.get(row);
    if (live.me.role !== "dispatcher" || ["done", "cancelled"].includes(order.state)) return null;
    if (visit && plan.begun(visit)) return null;
    return editor(order.id) || el("div", { class: "buttons is-tight" }, actionButton(`assign ${order.id}`, visit ? say("assign.change") : say("assign.ask"), "", () => open(order.id), "is-small"));
  };

  Object.assign(mainbreak, { give: { assign, editor, open, present } });
  on("incident", () => set("editor", ""));
})();

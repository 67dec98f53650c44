/* A visit: why this crew and not the next best, when it is there, how long it takes and who says so; pinned,
   given away, forbidden, each with what it means above its button. */
"use strict";

(() => {
  const { actionButton, ago, cardParts, cards, clock, command, data, el, facts, glyphs, lane, plan, reading, say, sentence, set, state, undoable } = mainbreak;
  const { chip, head, may, section } = cardParts;
  const path = (id) => `/api/work-orders/${encodeURIComponent(id)}`;
  const orderOf = (id) => data("day").orders[plan.orderRow(id)];

  /** The crews that the plan weighed; read again when the plan or the visit is another one. */
  function weighed(id) {
    const visit = plan.visitOf(id), order = orderOf(id);
    return reading(`/api/console/work-orders/${encodeURIComponent(id)}/rivals`, JSON.stringify([data("day").version, order?.state, order?.forbidden, visit && [visit.id, visit.state, visit.pinned, visit.crew]]));
  }

  /** The crews that could do it instead, or why each could not. */
  mainbreak.rivalsOf = (id) => weighed(id).value?.items || [];
  mainbreak.weighed = weighed;

  /** What may be chosen next, when it would be there and what it costs, or why it may not. */
  function rival(one) {
    const right = one.blocked ? chip("is-barred", glyphs.tools.barred, say(`barred.${one.blocked}`)) : el("b", { class: "extra" }, plan.extra(one.extra_s));
    return el("li", { class: `rival ${one.blocked ? "is-blocked" : ""}` }, plan.crewSign(one.crew, 22),
      el("div", {}, el("div", { class: "row-line" }, plan.link(plan.crewName(one.crew), () => mainbreak.openCard(`crew ${one.crew}`), `rival ${one.crew}`), right),
        el("p", { class: "small" }, one.eta && [el("b", { class: one.slack_s !== null && one.slack_s < 0 ? "is-late-text" : "" }, say("visit.eta", { time: plan.time(one.eta) })), " · "], sentence(one.said))));
  }

  function rivals(id) {
    const { fault, value } = weighed(id), all = mainbreak.rivalsOf(id);
    if (fault) return section(say("visit.rivals"), "", el("p", { class: "small" }, fault));
    if (!value) return section(say("visit.rivals"), "", el("p", { class: "small" }, say("card.reading")));
    return section(say("visit.rivals"), say("visit.rivalsHint"), all.length ? el("ul", { class: "rivals" }, all.map(rival)) : el("p", { class: "small" }, say("visit.noRivals")));
  }

  /** A scale from nothing to what nine of ten keep, with what half of them keep. */
  function spread({ p50, p90 }) {
    const half = el("i", { class: "half" }), bar = el("div", { class: "spread", "aria-hidden": "true" }, half);
    half.style.width = `${Math.round((p50 / p90) * 100)}%`;
    return bar;
  }

  function duration(order) {
    const { estimate } = order, { long } = lane;
    if (!estimate) return section(say("visit.duration"), long(order.duration));
    const source = estimate.source === "learned" ? say("visit.learned", { n: estimate.jobs, ago: plan.since(estimate.at) }) : say("visit.preset");
    return section(say("visit.duration"), "", el("p", {}, say("visit.spread", { p50: long(estimate.p50), p90: long(estimate.p90) })), spread(estimate), el("p", { class: "small" }, source));
  }

  /** What must be done first, and what must begin at the same instant by another crew. */
  function tied(order) {
    const crewOf = (id) => { const visit = plan.visitOf(id); return visit && visit.crew >= 0 ? ` · ${data("day").crews[visit.crew].name}` : ""; };
    const first = order.after.map((row) => data("day").orders[row]).filter((one) => !["done", "cancelled"].includes(one.state)).map((one) => [say("visit.after"), one.id]), both = order.together ? [[say("visit.together"), order.together]] : [];
    return [...first, ...both].map(([word, id]) => el("li", {}, el("span", {}, word), el("b", {}, plan.orderLink(id), crewOf(id))));
  }

  function times(order, visit) {
    const when = lane.times(visit), shift = Math.max(0, facts.etaOf(visit) - when.start), late = lane.late(visit), km = visit.metres ? say("visit.km", { km: (visit.metres / 1000).toFixed(1) }) : "";
    const row = (word, value, look = "") => el("li", { class: look }, el("span", {}, word), el("b", {}, value));
    const likely = visit.range && visit.arrived == null ? say("eta.span", { likely: clock(visit.range.p50), latest: clock(visit.range.p90) }) : clock(when.eta);
    return section(say("visit.times"), km, el("ul", { class: "times" },
      row(say("visit.depart"), clock(when.depart)), visit.pickup ? row(say("visit.pickup", { depot: visit.depot }), say("plan.minutes", { n: lane.minutes(visit.pickup) })) : null,
      row(say(visit.arrived == null ? "visit.arrive" : "visit.arrivedAt"), likely, late ? "is-late" : ""),
      order.due === null ? null : row(say("visit.dueAt"), late ? `${clock(order.due)} · ${lane.lateWord(visit)}` : clock(order.due), late ? "is-late" : ""),
      row(say("visit.worksFrom"), `${clock(when.start + shift)}–${clock(when.end + shift)}`), order.window && row(say("visit.window"), order.window.map(clock).join("–")), tied(order)),
    visit.range && visit.arrived == null && el("p", { class: "small" }, say(`etaSource.${visit.range.source}`), " · ", ago(facts.now() - visit.range.at)));
  }

  async function forbid(id, crew) {
    const name = plan.crewName(crew), before = mainbreak.give.present(id), undo = async () => {
      if (!await command(`${path(id)}/allow`, { crew }, null)) return false;
      return before.pinned && before.crew === crew ? command(`${path(id)}/assign`, { crew }, say("undo.done")) : (mainbreak.toast(say("undo.done")), true);
    };
    if (!await command(`${path(id)}/forbid`, { crew }, say("forbid.done", { crew: name, id }))) return;
    set("editor", "");
    undoable(say("forbid.name", { crew: name }), undo);
  }

  async function allow(id, crew) {
    const name = plan.crewName(crew);
    if (!await command(`${path(id)}/allow`, { crew }, say("forbid.allowed", { crew: name, id }))) return;
    undoable(say("forbid.allowName", { crew: name }), () => command(`${path(id)}/forbid`, { crew }, say("undo.done")));
  }

  /** What forbidding costs: who is next, as the plan weighed it. */
  function forbidding(id, crew) {
    if (state.editor !== `forbid ${id}`) return null;
    const name = plan.crewName(crew), next = mainbreak.rivalsOf(id).find((one) => !one.blocked);
    const cost = next ? say("forbid.next", { crew: plan.crewName(next.crew), time: plan.time(next.eta), extra: plan.extra(next.extra_s) }) : say("forbid.none");
    return el("div", { class: "decision", role: "group", "aria-label": say("forbid.ask", { crew: name }) }, el("div", { class: "decision-head" }, glyphs.node(glyphs.tools.barred), el("b", {}, say("forbid.ask", { crew: name }))),
      el("p", {}, say("forbid.text"), " ", el("b", {}, cost)),
      el("div", { class: "buttons" }, actionButton("forbid-go", say("forbid.run"), "Enter", () => forbid(id, crew), "is-primary"),
        actionButton("suppose-forbid", say("whatif.first"), "", () => mainbreak.suppose({ kind: "forbidden", crew, order: id })), actionButton("cancel", say("button.cancel"), "Esc", () => set("editor", ""), "is-link")));
  }

  const barred = (id, order) => order.forbidden.length > 0 && section(say("forbid.title"), "", el("ul", { class: "rivals" }, order.forbidden.map((crew) => el("li", { class: "rival" }, plan.crewSign(crew, 22),
    el("div", { class: "row-line" }, el("b", {}, plan.crewName(crew)), may() && actionButton(`allow ${crew}`, say("forbid.allow"), "", () => allow(id, crew), "is-small"))))));

  /** What a dispatcher may decide about it; what is begun stays with its crew. */
  function commands(id, order, visit) {
    if (!may() || ["done", "cancelled"].includes(order.state)) return null;
    if (visit && plan.begun(visit)) return section("", "", el("p", { class: "small" }, say("visit.begun")));
    const crew = visit && visit.crew >= 0 ? data("day").crews[visit.crew].id : null, list = mainbreak.give.editor(id) || (crew && forbidding(id, crew));
    if (list) return el("section", { class: "part" }, list);
    const pin = crew && (visit.pinned ? actionButton("unpin", say("assign.unpin"), "I", () => mainbreak.give.assign(id, null)) : actionButton("pin", say("pin.run"), "I", () => mainbreak.give.assign(id, crew)));
    return section("", "", crew && el("p", { class: "small" }, say(visit.pinned ? "pin.isPinned" : "pin.text", { crew: plan.crewName(crew) })),
      el("div", { class: "buttons" }, pin, actionButton(`assign ${id}`, say(crew ? "assign.other" : "assign.ask"), "S", () => mainbreak.give.open(id), crew ? "" : "is-primary"),
        crew && actionButton("forbid", say("forbid.open", { crew: plan.crewName(crew) }), "X", () => { set("editor", `forbid ${id}`); mainbreak.focusIn("[data-action=forbid-go]"); })));
  }

  function chips(order, visit) {
    if (!visit) return [chip("is-unplaced", glyphs.tools.open, say("visit.nobody"))];
    return [visit.state && chip(`visit-${visit.state}`, null, say(`visitState.${visit.state}`)), visit.pinned && chip("", glyphs.tools.fixed, say("visit.pinned")),
      visit.interrupts && chip("is-unplaced", glyphs.tools.divert, say("visit.divertedFrom", { title: plan.title(visit.interrupts) })), lane.late(visit) > 0 && chip("is-danger", glyphs.tools.warning, lane.lateWord(visit))];
  }

  /** Nobody has it: why, in words. */
  function why(id, row, visit) {
    const left = visit ? null : data("day").unassigned.find((one) => one.order === row), reason = visit ? visit.reason : left && left.detail;
    const crew = visit && facts.crewOf(visit);
    return section(say(visit ? "visit.why" : "visit.whyNobody"), "", crew && el("div", { class: "row-line" }, el("span", { class: "who-line" }, plan.crewSign(crew.id), plan.link(crew.name, () => mainbreak.openCard(`crew ${crew.id}`), `of ${crew.id}`)), el("span", { class: "count" }, say("crewCard.people", { n: crew.size }))),
      el("p", { class: "reason" }, reason && sentence(reason) ? sentence(reason) : say("visit.noReason")));
  }

  cards.visit = (id) => {
    const row = plan.orderRow(id), order = data("day").orders[row];
    if (!order) return [head(null, id, ""), section("", "", el("p", { class: "small" }, say("visit.gone")))];
    const visit = facts.facts().visitOf.get(row) || null, open = visit && visit.ended == null;
    return [head(glyphs.node(glyphs.priority(order.p)), plan.title(id), id, chips(order, visit)),
      order.incident >= 0 && el("section", { class: "part is-slim" }, plan.link(`← ${facts.incident(order.incident).id} ${facts.title(order.incident)}`, () => mainbreak.openIncident(order.incident), "to incident")),
      commands(id, order, open ? visit : null), why(id, row, visit), visit && times(order, visit), visit && !open ? null : rivals(id), barred(id, order), duration(order)].filter(Boolean);
  };

  mainbreak.openIncident = (row) => {
    mainbreak.closeCards();
    set("incident", facts.idOf(row));
  };
})();

/* The plan's versions: what the newest changed and why, what it costs against the one before, the earlier
   ones; and the work that nobody has, crew by crew with the first reason against it. */
"use strict";

(() => {
  const { actionButton, ago, cardParts, cards, clock, data, el, facts, glyphs, number, plan, reading, say, sentence, state } = mainbreak;
  const { head, redraw, section } = cardParts;
  const first = 8;
  let chosen = 0, open = "";

  const versions = () => reading("/api/plan/versions?limit=30", data("day").version);
  const kinds = (one) => Object.entries(one.kinds).map(([kind, n]) => say(`changes.${kind}`, { n })).join(" · ") || say("changes.none");

  /** Terms of two versions side by side. */
  const sides = (before, after) => [...new Set([...Object.keys(before), ...Object.keys(after)])].map((term) => ({ term, before: before[term] || 0, after: after[term] || 0 }));

  function line(one, shown) {
    const at = plan.seconds(one.now);
    return el("li", {}, el("button", { type: "button", class: "version", "data-key": `version ${one.number}`, "aria-pressed": String(one.number === shown), onclick: () => { chosen = one.number; redraw(); document.getElementById("panel").scrollTop = 0; } },
      el("b", {}, clock(at)), el("span", {}, kinds(one)), el("span", { class: "count" }, say("plan.number", { n: one.number }))));
  }

  function body({ items }) {
    const shown = items.find((one) => one.number === chosen) || items[0], before = items[items.indexOf(shown) + 1];
    if (!shown) return [section("", "", el("p", { class: "small" }, say("day.unplanned")))];
    const newest = shown === items[0], changes = shown.changes;
    return [section(say(newest ? "plan.newest" : "plan.changedThen"), say("plan.madeAgo", { n: shown.number, ago: ago(facts.now() - plan.seconds(shown.now)) }),
      changes.length ? mainbreak.changeList(changes) : el("p", { class: "small" }, say("plan.noChanges")), !newest && el("div", { class: "buttons" }, actionButton("newest", say("plan.toNewest"), "", () => { chosen = 0; redraw(); }, "is-small"))),
    before ? mainbreak.costPicture(sides(before.cost, shown.cost), clock(plan.seconds(before.now)), clock(plan.seconds(shown.now))) : null,
    section(say("plan.versions"), number(items.length), el("ul", { class: "versions" }, items.map((one) => line(one, shown.number))))];
  }

  cards.plan = () => {
    const { fault, value } = versions(), { unassigned, version } = data("day");
    const left = el("div", { class: "buttons is-tight" }, unassigned.length > 0 && actionButton("unassigned", say("plan.unassigned", { n: unassigned.length }), "", () => mainbreak.openCard("unassigned"), "is-small is-open"), mainbreak.whatIfButton());
    return [head(null, say("plan.title"), version ? say("plan.number", { n: version }) : "", left), ...(value ? body(value) : [section("", "", el("p", { class: "small" }, fault || say("card.reading")))])].filter(Boolean);
  };

  function crewReason(one) {
    return el("li", {}, plan.crewSign(one.crew, 20), el("div", {}, el("b", {}, plan.crewName(one.crew)), one.blocked && el("span", { class: "count" }, ` ${say(`barred.${one.blocked}`)}`), el("p", { class: "small" }, sentence(one.said))));
  }

  function reasons(id) {
    const { fault, value } = mainbreak.weighed(id);
    if (!value) return el("p", { class: "small" }, fault || say("card.reading"));
    const all = value.items;
    if (!all.length) return el("p", { class: "small" }, say("visit.noRivals"));
    const rest = all.slice(first);
    return [el("ul", { class: "crew-reasons" }, all.slice(0, first).map(crewReason)), rest.length ? el("details", { id: `more-reasons-${id}` }, el("summary", {}, say("plan.moreCrews", { n: rest.length })), el("ul", { class: "crew-reasons" }, rest.map(crewReason))) : null];
  }

  function left(one) {
    const order = data("day").orders[one.order], shown = open === order.id;
    return el("li", { class: "left-over" }, el("div", { class: "visit" }, glyphs.node(glyphs.priority(order.p, 0.85)), el("div", {},
      el("div", { class: "row-line" }, plan.orderLink(order.id), el("span", { class: "chip is-unplaced" }, say(`blocked.${one.reason}`))),
      el("div", { class: "small" }, [order.id, order.due === null ? "" : say("visit.dueAtTime", { time: clock(order.due) })].filter(Boolean).join(" · ")), el("p", { class: "reason" }, sentence(one.detail)),
      el("div", { class: "buttons is-tight" }, el("button", { type: "button", class: "button is-small is-link", "data-key": `reasons ${order.id}`, "aria-expanded": String(shown), onclick: () => { open = shown ? "" : order.id; redraw(); } }, say(shown ? "plan.hideCrews" : "plan.byCrew"))),
      shown && reasons(order.id))));
  }

  cards.unassigned = () => {
    const rows = [...data("day").unassigned].sort((a, b) => data("day").orders[a.order].p - data("day").orders[b.order].p || (data("day").orders[a.order].due ?? Infinity) - (data("day").orders[b.order].due ?? Infinity));
    return [head(null, say("plan.unassignedTitle"), number(rows.length)), section("", "", rows.length ? el("ul", {}, rows.map(left)) : el("p", { class: "small" }, say("plan.allAssigned")))];
  };

  mainbreak.on("card", () => { if (!state.card.startsWith("plan")) chosen = 0; });
})();

/* Which incident goes on from which, and what became of one that is no longer on the console. */
"use strict";

(() => {
  const { el, facts, glyphs, say, set, state } = mainbreak;
  const link = (id, text) => el("button", { type: "button", class: "inline", "data-key": `kin ${text} ${id}`, onclick: () => set("incident", id) }, text);

  /** Dirty water goes on from works, all else from who is still out. */
  const kind = (symptom) => (symptom === "water_quality" ? "dirty" : "stillOut");

  const lines = (symptom, parent, into, children) => [
    parent && link(parent, say(`kin.${kind(symptom)}`, { id: parent })),
    into && link(into, say("kin.into", { id: into })),
    ...children.map((one) => link(one.id, say(`kin.child.${kind(one.symptom)}`, { id: one.id }))),
  ].filter(Boolean);

  const list = (all) => (all.length ? el("ul", { class: "kin" }, all.map((one) => el("li", {}, one))) : null);

  /** Parent, children and where its tickets went, of an incident on the console. */
  mainbreak.kinLines = (row) => {
    const one = facts.incident(row), { incidents } = facts.facts().day;
    return list(lines(one.symptom, one.parent, one.into, incidents.filter((other) => other.parent === one.id)));
  };

  /** An incident that has ended and left the console: what it was and where to go on. */
  mainbreak.gonePanel = () => {
    const told = mainbreak.story();
    if (!told) return null;
    const close = el("button", { type: "button", class: "quiet close", title: say("panel.close"), "aria-label": say("panel.close"), onclick: () => set("incident", "") }, glyphs.node(glyphs.tools.close));
    const children = facts.facts().day.incidents.filter((other) => other.parent === state.incident);
    return [el("header", { class: "panel-head" }, el("div", { class: "panel-title" }, glyphs.node(glyphs.priority(Number(told.priority.slice(1)))),
      el("h2", {}, `${say(`symptom.${told.symptom}`)} ${told.label}`), el("span", { class: "count" }, told.id), close),
    el("div", { class: "chips" }, el("span", { class: `chip is-${told.state}` }, say(`incident.${told.state}`))),
    list(lines(told.symptom, told.parent, told.merged_into, children))),
    el("section", { class: "part" }, el("p", { class: "small" }, say("kin.gone")))];
  };
})();

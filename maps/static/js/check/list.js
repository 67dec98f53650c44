/* The list of findings, the card of the selected one, and which kinds are shown. */
"use strict";

mainbreak.check = (() => {
  const { data, emit } = mainbreak;
  const hidden = new Set();

  return {
    shows: (row) => !hidden.has(data("check").findings[row].kind),
    isShown: (kind) => !hidden.has(kind),
    toggle(kind) {
      if (!hidden.delete(kind)) hidden.add(kind);
      emit("kinds", kind);
    },
  };
})();

mainbreak.startFindings = () => {
  const { announce, check, data, el, number, on, say, sentence, set, signs, state } = mainbreak;
  const get = (id) => document.getElementById(id);
  const { findings, more } = data("check");
  const shown = () => findings.map((_, row) => row).filter(check.shows);

  const chip = (look, text) => el("span", { class: `chip ${look}` }, text);

  function line(row) {
    const one = findings[row];
    return el("li", { class: "finding", role: "option", id: `finding-${row}`, "aria-selected": String(row === state.finding), onclick: () => set("finding", row) },
      signs.node(one.kind, one.severity), el("b", {}, say(`finding.${one.kind}`)), el("span", { class: "id" }, one.id), el("p", {}, sentence(one.detail)));
  }

  function list() {
    const rows = shown();
    get("shown").textContent = number(rows.length);
    const last = more ? [el("li", { class: "none" }, say("check.more", { n: number(more) }))] : [];
    get("findings").replaceChildren(...(rows.length ? rows.map(line) : [el("li", { class: "none" }, say("check.none"))]), ...last);
  }

  function card() {
    const one = findings[state.finding];
    get("card").hidden = !one;
    if (!one) return;
    get("card").replaceChildren(
      el("h2", {}, signs.node(one.kind, one.severity), say(`finding.${one.kind}`)),
      el("p", {}, el("b", {}, `${say(`subject.${one.of}`)} ${one.id}`), " · ", sentence(one.detail)),
      el("p", {}, el("b", {}, say("check.remedy")), " ", sentence(one.remedy)),
      el("div", { class: "chips" }, chip(`is-${one.severity}`, say(`severity.${one.severity}`)), one.safe ? chip("is-safe", say("check.safe")) : null));
  }

  function select(row) {
    const old = get("findings").querySelector('[aria-selected="true"]'), now = get(`finding-${row}`);
    if (old) old.setAttribute("aria-selected", "false");
    if (now) {
      now.setAttribute("aria-selected", "true");
      now.scrollIntoView({ block: "nearest" });
      get("findings").setAttribute("aria-activedescendant", now.id);
      announce(now.textContent);
    } else get("findings").removeAttribute("aria-activedescendant");
    card();
  }

  /** Go down or up the list. */
  mainbreak.step = (by) => {
    const rows = shown(), here = rows.indexOf(state.finding);
    if (rows.length) set("finding", rows[here < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, here + by))]);
  };

  get("findings").addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) { event.preventDefault(); mainbreak.step(by); }
  });
  on("finding", select);
  on("kinds", () => { list(); if (state.finding >= 0 && !check.shows(state.finding)) set("finding", -1); });
  on("redraw", () => { list(); card(); });
  list();
};

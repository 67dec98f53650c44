/* The bar, the legend of kinds (each a switch), and where the selected finding lies. */
"use strict";

mainbreak.startCheckTools = (map) => {
  const { at, check, data, el, number, on, say, set, signs } = mainbreak;
  const get = (id) => document.getElementById(id);
  const { findings, kinds, title } = data("check");
  const levels = ["error", "warning", "hint"];

  function bar() {
    get("title").textContent = [say("check.title"), title].filter(Boolean).join(" · ");
    const total = (level) => kinds.reduce((sum, [, of, count]) => sum + (of === level ? count : 0), 0);
    get("counts").replaceChildren(...levels.filter(total).map((level) =>
      el("li", { class: `is-${level}` }, el("b", {}, number(total(level))), " ", say(`severities.${level}`))));
  }

  function legend() {
    const kind = ([name, level, count]) => el("li", {}, el("button", { type: "button", "aria-pressed": String(check.isShown(name)), onclick: () => check.toggle(name) },
      signs.node(name, level, 22), say(`finding.${name}`), el("span", { class: "count" }, number(count))));
    get("legend").replaceChildren(el("h2", {}, say("check.kinds"), el("kbd", {}, "L")), el("ul", {}, kinds.map(kind)),
      el("ul", { class: "levels" }, levels.map((level) => el("li", {}, signs.node("", level, 18), say(`severity.${level}`)))));
  }

  function go(row) {
    if (row < 0) return;
    map.setView(at(...findings[row].xy), Math.max(17, map.getZoom()), { animate: false });
  }

  function draw() { bar(); legend(); }
  on("finding", go);
  on("kinds", legend);
  on("redraw", draw);
  draw();
  mainbreak.offlineTools(map, {
    bounds: () => L.latLngBounds([...data("pipes").line.map(([x, y]) => at(x, y)), ...findings.map(({ xy }) => at(...xy))]),
    keys: { escape: () => set("finding", -1) }, legendWord: "check.kinds", lines: [], remembers: "check-legend",
  }).fit();
};

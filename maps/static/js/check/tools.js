/* The bar, the legend of kinds (each a switch), zoom, scale and keys. */
"use strict";

mainbreak.startCheckTools = (map) => {
  const { at, check, data, el, glyphs, number, on, remember, remembered, say, set, signs } = mainbreak;
  const get = (id) => document.getElementById(id);
  const { findings, kinds, title } = data("check");
  const levels = ["error", "warning", "hint"];
  const dialog = get("keys");

  for (const [id, glyph] of [["zoom-in", "in"], ["zoom-out", "out"], ["fit", "fit"], ["legend-open", "legend"]]) get(id).append(glyphs.node(glyphs.tools[glyph]));
  get("zoom-in").addEventListener("click", () => map.zoomIn(1));
  get("zoom-out").addEventListener("click", () => map.zoomOut(1));

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

  function toggleLegend(open = get("legend").hidden) {
    get("legend").hidden = !open;
    get("legend-open").setAttribute("aria-expanded", String(open));
    remember("check-legend", open ? "open" : "closed");
  }
  get("legend-open").addEventListener("click", () => toggleLegend());

  /** A round length between 50 and 110 px wide. */
  function scale() {
    const size = map.getSize(), y = size.y / 2;
    const metres = map.distance(map.containerPointToLatLng([0, y]), map.containerPointToLatLng([100, y]));
    const round = [1, 2, 5].flatMap((digit) => [1, 10, 100, 1e3, 1e4].map((power) => digit * power))
      .filter((length) => length <= metres * 1.1).reduce((a, b) => Math.max(a, b), 1);
    const wide = Math.round((round / metres) * 100);
    get("scale").replaceChildren(glyphs.node(`<svg width="${wide + 2}" height="8"><path class="ruler-line" d="M1 1v6h${wide}v-6"/></svg>`),
      round >= 1000 ? `${round / 1000} km` : `${round} m`);
  }

  /** Everything that is drawn; one place where there is nothing. */
  function bounds() {
    const all = L.latLngBounds([...data("pipes").line.map(([x, y]) => at(x, y)), ...findings.map(({ xy }) => at(...xy))]);
    return all.isValid() ? all : L.latLngBounds([[0, 0], [0, 0]]);
  }
  function fit() {
    const legendWide = get("legend").hidden ? 0 : get("legend").offsetWidth, left = map.getSize().x > 2.4 * legendWide ? legendWide : 0;
    map.fitBounds(bounds(), { animate: false, maxZoom: 17, paddingTopLeft: [left + 32, 32], paddingBottomRight: [60, 48] });
  }
  get("fit").addEventListener("click", fit);

  function go(row) {
    if (row < 0) return;
    map.setView(at(...findings[row].xy), Math.max(17, map.getZoom()), { animate: false });
  }

  const keys = {
    j: () => mainbreak.step(1), k: () => mainbreak.step(-1), f: fit, l: () => toggleLegend(),
    "?": () => dialog.showModal(), escape: () => set("finding", -1),
  };
  const lines = [["J K", "keys.step"], ["F", "check.fit"], ["L", "check.kinds"], ["+ −", "keys.zoom"], ["Esc", "keys.back"], ["?", "keys.title"]];
  function help() {
    const pair = ([key, word]) => [el("dt", {}, key.split(" ").map((one) => el("kbd", {}, one))), el("dd", {}, say(word))];
    dialog.replaceChildren(el("h2", { id: "keys-title" }, say("keys.title")), el("dl", {}, lines.flatMap(pair)),
      el("button", { type: "button", class: "button is-primary", onclick: () => dialog.close() }, say("button.close")));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    const act = keys[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });
  get("help").addEventListener("click", () => dialog.showModal());

  function draw() { bar(); legend(); help(); if (map._loaded) scale(); }
  map.on("moveend", scale);
  on("finding", go);
  on("kinds", legend);
  on("redraw", draw);
  if (remembered("check-legend") === "closed" || window.innerWidth < 900) toggleLegend(false);
  draw();
  fit();
};

/* What the pages of a network on disk share: zoom, scale, legend that folds, keys and their list. */
"use strict";

/** `bounds()` is everything drawn; `keys` by letter and `lines` of the help come beside the usual ones. */
mainbreak.offlineTools = (map, { bounds, keys: more, legendWord, lines: others, remembers }) => {
  const { el, glyphs, on, remember, remembered, say } = mainbreak;
  const get = (id) => document.getElementById(id);
  const dialog = get("keys");

  for (const [id, glyph] of [["zoom-in", "in"], ["zoom-out", "out"], ["fit", "fit"], ["legend-open", "legend"]]) get(id).append(glyphs.node(glyphs.tools[glyph]));
  get("zoom-in").addEventListener("click", () => map.zoomIn(1));
  get("zoom-out").addEventListener("click", () => map.zoomOut(1));

  function toggleLegend(open = get("legend").hidden) {
    get("legend").hidden = !open;
    get("legend-open").setAttribute("aria-expanded", String(open));
    remember(remembers, open ? "open" : "closed");
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

  /** Everything; one place where there is nothing. */
  function fit() {
    const all = bounds(), legendWide = get("legend").hidden ? 0 : get("legend").offsetWidth, left = map.getSize().x > 2.4 * legendWide ? legendWide : 0;
    map.fitBounds(all.isValid() ? all : L.latLngBounds([[0, 0], [0, 0]]), { animate: false, maxZoom: 17, paddingTopLeft: [left + 32, 32], paddingBottomRight: [60, 48] });
  }
  get("fit").addEventListener("click", fit);

  const keys = { j: () => mainbreak.step(1), k: () => mainbreak.step(-1), f: fit, l: () => toggleLegend(), "?": () => dialog.showModal(), ...more };
  const lines = [["J K", "keys.step"], ["F", "check.fit"], ["L", legendWord], ["+ −", "keys.zoom"], ...others, ["Esc", "keys.back"], ["?", "keys.title"]];
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

  map.on("moveend", scale);
  on("redraw", () => { help(); if (map._loaded) scale(); });
  if (remembered(remembers) === "closed" || window.innerWidth < 900) toggleLegend(false);
  help();
  return { fit };
};

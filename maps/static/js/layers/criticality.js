/* Criticality on the map: pipes in four classes of width and colour by premises out, the isolation valves
   whose sticking costs most with their rank, and what is selected with the place to build at. */
"use strict";

mainbreak.layers.criticality = (data) => {
  const { at, canvas, critical, glyphs, markers, on, onParts, places, set, state } = mainbreak;
  const { colour, on: options, scale, styled } = canvas;
  const looks = [["c-1", 2], ["c-2", 4.5], ["c-3", 6.5], ["c-4", 9]];
  /** How many isolation valves show their rank: far out they would lie on each other. */
  const marked = () => (mainbreak.theMap.getZoom() >= 15 ? 20 : mainbreak.theMap.getZoom() >= 14 ? 10 : 5);
  const lines = L.layerGroup(), chosen = L.layerGroup(), group = L.layerGroup([chosen, lines]);
  const symbols = markers(group);
  let classes = [], ring = null;

  function draw() {
    lines.clearLayers();
    classes = [];
    const { out, segment } = critical.table(), { line } = data("pipes");
    const shapes = looks.map(() => []);
    line.forEach((course, row) => { if (segment[row] >= 0) shapes[critical.classOf(out[segment[row]])].push(places(course)); });
    classes = shapes.map((some) => L.polyline(some, options("critical")).addTo(lines));
  }

  function style(zoom) {
    classes.forEach((one, row) => one.setStyle({ color: colour(looks[row][0]), weight: Math.max(0.8 + 0.9 * row, looks[row][1] * scale(zoom)) }));
    if (critical.table()) symbols.sync(marks());
    if (ring) ring.setStyle({ color: colour("acc"), weight: Math.max(9, 16 * scale(zoom)), opacity: 0.45 });
  }

  /** A plate with a bow-tie and a rank over its place; `added` is one to build. */
  const plate = (text, look) => `<svg class="g rank ${look}" width="44" height="30" viewBox="0 0 44 30" aria-hidden="true"><path class="plate" d="M5 1h34a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H25l-3 7-3-7H5a4 4 0 0 1-4-4V5a4 4 0 0 1 4-4z"/>`
    + `<path class="wings" d="M6 6.5v9l13-9v9z"/><text x="31" y="15.5">${text}</text></svg>`;

  const symbol = (key, place, html, z, title, onclick) => ({ key, place: at(...place), html, size: [44, 30], anchor: [22, 29], className: "rank-spot", z, title, onclick });

  function marks() {
    const now = critical.selected(), { valves } = critical.table();
    const shown = valves.slice(0, marked()).map((one, rank) => [one, rank]);
    if (now && now.kind === "valves" && now.rank >= marked()) shown.push([now.one, now.rank]);
    const found = shown.map(([one, rank]) => {
      const mine = now && now.kind === "valves" && now.rank === rank;
      return symbol(one.id, one.xy, plate(rank + 1, mine ? "is-chosen" : ""), mine ? 900 : 500 - rank, `${one.id} · ${critical.sentence("valves", one)}`,
        () => set("critical", critical.key("valves", rank)));
    });
    if (now && now.one.site) found.push(symbol("site", now.one.site.xy, plate("+", "is-added"), 1000, critical.site(now.one)));
    return found;
  }

  function select() {
    chosen.clearLayers();
    const now = critical.selected();
    ring = now && now.kind === "segments" ? L.polyline(critical.courses(now.rank), options("outage-band")).addTo(chosen) : null;
    if (group._map) style(group._map.getZoom());
  }

  function show() {
    if (!group._map || !critical.table()) return;
    draw();
    select();
  }

  group.on("add remove", ({ type }) => {
    const shown = type === "add";
    document.body.classList.toggle("is-critical", shown);
    mainbreak.emit("criticality", shown);
    if (shown) show();
  });
  on("critical", () => group._map && critical.table() && select());
  on("redraw", () => group._map && critical.table() && select());
  onParts(["criticality"], show);
  group.waits = true;
  return styled(group, style);
};

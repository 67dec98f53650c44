/* Findings on the map: one symbol each, hints lowest, the selected one on top with a ring. */
"use strict";

mainbreak.layers.findings = (data) => {
  const { at, canvas, check, on, set, signs, state, theMap } = mainbreak;
  const { Sheet, colour } = canvas;
  const { findings } = data("check");
  const places = findings.map(({ xy }) => at(...xy));
  const ranks = ["hint", "warning", "error"];
  const order = findings.map((_, row) => row)
    .sort((a, b) => ranks.indexOf(findings[a].severity) - ranks.indexOf(findings[b].severity));

  /** Small far out, so that a crowd stays a crowd. */
  const size = () => (theMap.getZoom() >= 15 || findings.length < 200 ? 24 : 14);

  function ring(context, spot) {
    context.beginPath();
    context.arc(spot.x, spot.y, size() / 2 + 6, 0, 2 * Math.PI);
    Object.assign(context, { strokeStyle: colour("acc"), lineWidth: 3 });
    context.stroke();
  }

  const sheet = new Sheet("symbol", (context, map) => {
    const view = map.getBounds().pad(0.05);
    for (const row of order) {
      if (!check.shows(row) || row === state.finding || !view.contains(places[row])) continue;
      signs.draw(context, colour, findings[row], map.latLngToContainerPoint(places[row]), size());
    }
    if (state.finding >= 0 && check.shows(state.finding)) {
      const spot = map.latLngToContainerPoint(places[state.finding]);
      ring(context, spot);
      signs.draw(context, colour, findings[state.finding], spot, Math.max(24, size()));
    }
  });

  /** The row of the symbol under the pointer, the topmost one; -1 if there is none. */
  function under(point) {
    let best = -1, least = size() / 2 + 4;
    for (const row of order) {
      if (!check.shows(row)) continue;
      const away = theMap.latLngToContainerPoint(places[row]).distanceTo(point);
      if (away <= least) [best, least] = [row, away];
    }
    return best;
  }

  theMap.on("click", (event) => set("finding", under(event.containerPoint)));
  theMap.on("mousemove", (event) => document.body.classList.toggle("is-picking", under(event.containerPoint) >= 0));
  on("finding", () => sheet.redraw());
  on("kinds", () => sheet.redraw());
  return sheet;
};

/* Crews where their shift begins, and the drives to their visits as round dots. */
"use strict";

mainbreak.layers.crews = (data) => {
  const { at, canvas, facts, glyphs, on, places, state } = mainbreak;
  const { crews, visits } = data("day");
  const short = facts.shortNames();
  const drives = visits.map((visit) => ({ visit, line: places(visit.line) }));
  const all = L.polyline(drives.map((drive) => drive.line), canvas.on("route"));
  const casing = L.polyline([], canvas.on("route")), dots = L.polyline([], canvas.on("route"));

  const markers = crews.map((crew, row) => {
    const [dx, dy] = facts.crewShift(row);
    const icon = L.divIcon({ className: "symbol crew-spot", html: glyphs.crew(short[row]), iconSize: [28, 28], iconAnchor: [14 - dx, 14 - dy] });
    return L.marker(at(...crew.xy), { icon, interactive: false, keyboard: false, pane: "symbol", zIndexOffset: 500 });
  });

  function chosen() {
    const row = state.incident;
    if (row < 0) return [];
    return drives.filter(({ visit }) => facts.orderOf(visit).incident === row).map((drive) => drive.line);
  }

  function restyle(zoom) {
    const size = canvas.scale(zoom), blue = canvas.colour("acc");
    const look = { color: blue, lineCap: "round" };
    all.setStyle({ ...look, weight: 2.4, dashArray: "0.1 7", opacity: state.incident < 0 ? 0.75 : 0.35 });
    casing.setStyle({ color: canvas.colour("m-st"), weight: 4 + 4 * size, opacity: 0.9 });
    dots.setStyle({ ...look, weight: 4, dashArray: "0.1 7" });
  }

  function highlight() {
    casing.setLatLngs(chosen());
    dots.setLatLngs(chosen());
    if (all._map) restyle(all._map.getZoom());
  }

  on("incident", highlight);
  return canvas.styled(L.layerGroup([all, casing, dots, ...markers]), restyle);
};

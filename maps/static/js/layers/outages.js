/* Outages. Predicted, or added by a proposal: a pale band and dashes. In effect: a band and a hollow
   pipe between two rails. The unintended part hatched; the probable pipe amber; dry premises. */
"use strict";

mainbreak.layers.outages = (data) => {
  const { colour, hatch, marks, on, scale, square, styled } = mainbreak.canvas;
  const { supply } = mainbreak;
  const lines = new Map();

  /** Pipes by row, each course worked out once. */
  function of(rows) {
    const { line } = data("pipes");
    for (const row of rows) if (!lines.has(row)) lines.set(row, mainbreak.places(line[row]));
    return rows.map((row) => lines.get(row));
  }

  const flat = { lineCap: "butt" };
  const parts = {
    foreseen: L.polyline([], on("outage-band")), band: L.polyline([], on("outage-band")),
    hatched: L.polyline([], on("outage-band")), probable: L.polyline([], on("outage-band")),
    core: L.polyline([], on("outage-core", flat)), dash: L.polyline([], on("outage-core", flat)),
    rail: L.polyline([], on("outage-core", flat)), hollow: L.polyline([], on("outage-core", flat)),
    edge: L.polyline([], on("outage-core", flat)), full: L.polyline([], on("outage-core", flat)),
    burst: L.polyline([], on("outage-core")),
    squares: marks([], on("premises", { mark: square, fill: true, fillOpacity: 1 })),
    out: marks([], on("premises", { mark: square, fill: true, fillOpacity: 1 })),
    back: marks([], on("premises", { mark: square, fill: true, fillOpacity: 1 })),
  };

  function fill() {
    const known = data("outages").filter((one) => !supply.isGone(one));
    const dry = known.filter(supply.isDry), coming = known.filter((one) => !supply.isDry(one));
    const added = known.map((one) => one.proposal).filter(Boolean);
    const pipes = (all, ...keys) => all.flatMap((one) => keys.flatMap((key) => of(one[key] || [])));
    const refilled = pipes(dry, "refilled"), full = new Set(refilled);
    const now = pipes(dry, "burst", "segment", "unintended").filter((line) => !full.has(line));
    const later = [...pipes(coming, "burst", "segment", "unintended"), ...pipes(added, "pipes")];
    const put = { foreseen: later, core: later, dash: later, band: now, rail: now, hollow: now,
      hatched: pipes(known, "unintended").filter((line) => !full.has(line)), edge: refilled, full: refilled, back: dry.map((one) => mainbreak.places(one.back || [])), probable: pipes(known, "burst"), burst: pipes(known, "burst"),
      squares: [...coming, ...added].map((one) => mainbreak.places(one.premises)), out: dry.map((one) => mainbreak.places(one.premises)) };
    for (const [name, shapes] of Object.entries(put)) parts[name].setLatLngs(shapes);
  }

  function restyle(zoom) {
    const size = scale(zoom), street = colour("m-st"), ink = colour("dry"), full = colour("dry-s");
    const dots = { weight: size < 0.6 ? 1 : 1.6, size: Math.max(3, 7 * size) };
    parts.foreseen.setStyle({ color: ink, opacity: 0.2, weight: 20 * size });
    parts.band.setStyle({ color: ink, opacity: 0.26, weight: 22 * size });
    parts.hatched.setStyle({ color: hatch("dry"), opacity: 0.7, weight: 20 * size });
    parts.probable.setStyle({ color: colour("war-s"), opacity: 1, weight: 15 * size });
    parts.core.setStyle({ color: street, weight: 6 * size });
    parts.dash.setStyle({ color: ink, weight: Math.max(2, 4 * size), dashArray: size < 0.6 ? "3 3" : "3 5" });
    parts.rail.setStyle({ color: ink, weight: Math.max(3, 7 * size) });
    parts.hollow.setStyle({ color: street, weight: Math.max(1, 3 * size) });
    parts.edge.setStyle({ color: colour("ok"), weight: Math.max(3, 8 * size) });
    parts.full.setStyle({ color: colour("p-ma"), weight: Math.max(1, 4 * size) });
    parts.back.setStyle({ color: colour("ok"), fillColor: street, ...dots });
    parts.burst.setStyle({ color: colour("p-ma"), weight: 3 * size });
    parts.squares.setStyle({ color: ink, fillColor: street, ...dots });
    parts.out.setStyle({ color: full, fillColor: full, ...dots });
  }

  const group = L.layerGroup(Object.values(parts)), symbols = mainbreak.markers(group);
  const place = (zoom) => symbols.sync(mainbreak.outageSymbols
    ? data("outages").filter((one) => !supply.isGone(one)).flatMap((one) => mainbreak.outageSymbols(one, zoom)) : []);

  function redraw() {
    fill();
    if (group._map) place(group._map.getZoom());
  }

  mainbreak.on("incident", () => group._map && place(group._map.getZoom()));
  mainbreak.onParts(["outages", "day.valves"], redraw);
  fill();
  return styled(group, (zoom) => { restyle(zoom); place(zoom); });
};

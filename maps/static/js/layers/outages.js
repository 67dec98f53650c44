/* Outages as the plan foresees them: a band, and a hollow dashed pipe; the unintended part hatched;
   the probable pipe amber; the burst; the isolation valves to shut, numbered. */
"use strict";

mainbreak.layers.outages = (data) => {
  const { colour, hatch, marks, on, scale, square, styled } = mainbreak.canvas;
  const { line } = data("pipes");
  const outages = data("outages");
  const of = (rows) => rows.map((row) => mainbreak.places(line[row]));
  const all = (...keys) => outages.flatMap((one) => keys.flatMap((key) => of(one[key])));

  const dry = all("burst", "segment", "unintended");
  const parts = {
    band: L.polyline(dry, on("outage-band")),
    hatched: L.polyline(all("unintended"), on("outage-band")),
    probable: L.polyline(all("burst"), on("outage-band")),
    core: L.polyline(dry, on("outage-core", { lineCap: "butt" })),
    dash: L.polyline(dry, on("outage-core", { lineCap: "butt" })),
    burst: L.polyline(all("burst"), on("outage-core")),
    squares: marks(outages.map((one) => mainbreak.places(one.premises)),
      on("premises", { mark: square, fill: true, fillOpacity: 1 })),
  };

  function restyle(zoom) {
    const size = scale(zoom), street = colour("m-st"), ink = colour("dry");
    parts.band.setStyle({ color: ink, opacity: 0.2, weight: 20 * size });
    parts.hatched.setStyle({ color: hatch("dry"), opacity: 0.7, weight: 20 * size });
    parts.probable.setStyle({ color: colour("war-s"), opacity: 1, weight: 15 * size });
    parts.core.setStyle({ color: street, weight: 6 * size });
    parts.dash.setStyle({ color: ink, weight: Math.max(2, 4 * size), dashArray: size < 0.6 ? "3 3" : "3 5" });
    parts.burst.setStyle({ color: colour("p-ma"), weight: 3 * size });
    parts.squares.setStyle({ color: ink, fillColor: colour("m-st"), size: Math.max(3, 7 * size), weight: size < 0.6 ? 1 : 1.6 });
  }

  const group = L.layerGroup(Object.values(parts));
  const symbols = outages.map((one) => mainbreak.outageSymbols(data, one));
  symbols.forEach((one) => one.critical.forEach((marker) => group.addLayer(marker)));

  /** The selected incident's isolation valves always, those of others from zoom 16 on. */
  function sift(zoom) {
    symbols.forEach(({ turned }, row) => {
      const wanted = zoom >= 16 || outages[row].incident === mainbreak.state.incident;
      for (const marker of turned) (wanted ? group.addLayer(marker) : group.removeLayer(marker));
    });
  }
  mainbreak.on("incident", () => group._map && sift(group._map.getZoom()));
  return styled(group, (zoom) => { restyle(zoom); sift(zoom); });
};

/** The isolation valves an outage names and its critical premises, as markers. */
mainbreak.outageSymbols = (data, outage) => {
  const { glyphs } = mainbreak;
  const drawn = new Map(data("isolation_valves").map((row) => [row[0], row]));
  const named = [
    ...outage.close.map((id, row) => [id, "open", String(row + 1)]),
    ...outage.optional.map((id) => [id, "open", "o"]),
    ...outage.stuck.map((id) => [id, "inoperable", ""]),
  ];
  const isolationValve = ([id, state, sign]) => {
    const row = drawn.get(id);
    if (!row) return null;
    const [, x, y, turn, away] = row;
    const [dx, dy] = mainbreak.besideJunction(away, 12);
    const rad = (turn * Math.PI) / 180, side = sign.length ? 17 : 0;
    const badge = sign ? `<span class="badge ${sign === "o" ? "is-optional" : ""}">${glyphs.order(sign)}</span>` : "";
    const icon = L.divIcon({
      className: `symbol isolation ${sign ? "" : "is-stuck"}`, iconSize: [36, 36], iconAnchor: [18 - dx, 18 - dy],
      html: glyphs.bowtie(state === "inoperable" ? "inoperable" : row[5], turn) + badge,
    });
    const marker = L.marker(mainbreak.at(x, y), { icon, interactive: false, keyboard: false, pane: "symbol", zIndexOffset: 200 });
    marker.on("add", () => {
      const node = marker.getElement().querySelector(".badge");
      if (!node) return;
      node.style.left = `${18 + side * Math.sin(rad) - 11}px`;
      node.style.top = `${18 - side * Math.cos(rad) - 11}px`;
    });
    return marker;
  };
  const critical = ([x, y]) => L.marker(mainbreak.at(x, y), {
    icon: L.divIcon({ className: "symbol", iconSize: [28, 28], html: glyphs.critical(true) }),
    interactive: false, keyboard: false, pane: "symbol", zIndexOffset: 400,
  });
  return { turned: named.map(isolationValve).filter(Boolean), critical: outage.critical.map(critical) };
};

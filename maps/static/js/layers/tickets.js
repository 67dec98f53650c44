/* Incidents as priority shapes or a burst; further tickets of the same incident as small shapes. */
"use strict";

mainbreak.layers.tickets = (data) => {
  const { at, facts, glyphs, on, set, state } = mainbreak;
  const { incidents, tickets } = data("day");
  const bursts = new Set(["burst", "construction_damage"]);
  const group = L.layerGroup(), markers = [], extras = [];

  function look(one, zoom) {
    if (bursts.has(one.symptom)) return { html: glyphs.burst(zoom < 14.5 ? 26 : 32), size: zoom < 14.5 ? [26, 26] : [32, 32] };
    const minor = one.p > 2, from = minor ? 14.75 : 13; // from which zoom it carries its text
    const scale = zoom < from ? (minor ? 0.36 : 0.6) : zoom < 15.5 ? 0.75 : 1;
    return { html: glyphs.priority(one.p, scale, zoom >= from), size: [28 * scale, 24 * scale] };
  }

  function icon(row, zoom) {
    const { html, size } = look(incidents[row], zoom);
    return L.divIcon({ className: `symbol spot ${state.incident === row ? "is-selected" : ""}`, html, iconSize: size });
  }

  incidents.forEach((one, row) => {
    const marker = L.marker(at(...one.xy), {
      icon: icon(row, 16), keyboard: false, pane: "symbol", zIndexOffset: bursts.has(one.symptom) ? 300 : 100 - one.p * 10,
    });
    marker.on("click", () => set("incident", row));
    markers.push(marker);
    group.addLayer(marker);
    if (one.tickets.length < 2) return;
    for (const ticket of one.tickets) {
      const small = L.divIcon({ className: "symbol", html: glyphs.priority(tickets[ticket].p, 0.5, false), iconSize: [14, 12] });
      extras.push(L.marker(at(...tickets[ticket].xy), { icon: small, interactive: false, keyboard: false, pane: "symbol", zIndexOffset: -200 }));
    }
  });

  function restyle() {
    if (!group._map) return;
    const zoom = group._map.getZoom();
    markers.forEach((marker, row) => marker.setIcon(icon(row, zoom)));
    for (const extra of extras) (zoom >= 15 ? group.addLayer(extra) : group.removeLayer(extra));
    titles();
  }

  function titles() {
    markers.forEach((marker, row) => {
      const element = marker.getElement();
      if (element) element.title = `P${incidents[row].p} ${facts.title(row)}`;
    });
  }

  group.on("add", () => { restyle(); group._map.on("zoomend", restyle); });
  group.on("remove", () => mainbreak.theMap.off("zoomend", restyle));
  on("incident", restyle);
  on("language", titles);
  return group;
};

/* Incidents as priority shapes or a burst; further tickets of the same incident as small shapes. */
"use strict";

mainbreak.layers.tickets = (data) => {
  const { at, facts, glyphs, on, onParts, set, state } = mainbreak;
  const bursts = new Set(["burst", "construction_damage"]);
  const group = L.layerGroup(), spots = mainbreak.markers(group);

  function look(one, zoom) {
    if (bursts.has(one.symptom)) return { html: glyphs.burst(zoom < 14.5 ? 26 : 32), size: zoom < 14.5 ? [26, 26] : [32, 32] };
    const minor = one.p > 2, from = minor ? 14.75 : 13; // from which zoom it carries its text
    const scale = zoom < from ? (minor ? 0.36 : 0.6) : zoom < 15.5 ? 0.75 : 1;
    return { html: glyphs.priority(one.p, scale, zoom >= from), size: [28 * scale, 24 * scale] };
  }

  function incident(row, zoom) {
    const one = facts.incident(row), chosen = state.incident === one.id;
    return {
      key: one.id, place: at(...one.xy), ...look(one, zoom), className: `spot ${chosen ? "is-selected" : ""}`,
      z: bursts.has(one.symptom) ? 300 : 100 - one.p * 10, title: `P${one.p} ${facts.title(row)}`, onclick: () => (mainbreak.pickIncident ? mainbreak.pickIncident(one.id) : set("incident", one.id)),
    };
  }

  function calls(row) {
    const { incidents, tickets } = data("day");
    if (incidents[row].tickets.length < 2) return [];
    return incidents[row].tickets.map((ticket) => ({
      key: `ticket ${tickets[ticket].id}`, place: at(...tickets[ticket].xy), html: glyphs.priority(tickets[ticket].p, 0.5, false), size: [14, 12], z: -200,
    }));
  }

  function draw() {
    if (!group._map) return;
    const zoom = group._map.getZoom(), rows = facts.sorted();
    spots.sync([...rows.map((row) => incident(row, zoom)), ...(zoom >= 15 ? rows.flatMap(calls) : [])]);
  }

  group.on("add", () => { draw(); group._map.on("zoomend", draw); });
  group.on("remove", () => mainbreak.theMap.off("zoomend", draw));
  on("incident", draw);
  on("language", draw);
  onParts(["day.incidents", "day.tickets"], draw);
  return group;
};

/* The small map: ground and outages as on the console, the caller's place, places to choose from. */
"use strict";

mainbreak.startDeskMap = () => {
  const { at, call, candidate, data, el, glyphs, icons, on, say } = mainbreak;
  const get = (id) => document.getElementById(id);
  const map = mainbreak.map("map"), own = L.layerGroup().addTo(map);
  const layers = ["streets", "pipes", "outages", "premises"];
  let fitted = "";

  for (const [id, glyph, act] of [["zoom-in", "in", () => map.zoomIn(1)], ["zoom-out", "out", () => map.zoomOut(1)], ["fit", "fit", () => fit()]]) {
    get(id).append(glyphs.node(glyphs.tools[glyph]));
    get(id).addEventListener("click", act);
  }

  const everything = () => L.latLngBounds(data("pipes").line.map(([x, y]) => at(x, y)));
  const spot = ({ lon, lat }) => L.latLng(lat, lon);
  const mark = (place, html, size, z) => L.marker(place, {
    icon: L.divIcon({ className: "symbol", html, iconSize: size }), interactive: false, keyboard: false, pane: "symbol", zIndexOffset: z,
  });

  /** A few words beside the pin. */
  function tag(place, words, below) {
    const text = el("div", { class: "tag" }, el("b", {}, words), el("span", {}, below));
    return L.marker(place, { icon: L.divIcon({ className: "symbol pin-tag", html: text, iconSize: [0, 0] }), interactive: false, keyboard: false, pane: "tag" });
  }

  /** Where the answer's incident lies. */
  function burst({ answer }) {
    const one = answer?.incident && data("day").incidents.find((incident) => incident.id === answer.incident);
    return one ? [mark(at(...one.xy), glyphs.burst(30), [30, 30], 500)] : [];
  }

  /** Places to choose from, by number; a click takes one. */
  function choices({ candidates, customers, taken, answer }) {
    const lost = taken && !taken.ticket.place, list = lost ? taken.candidates : answer || taken ? [] : customers.length ? customers : candidates;
    const rings = list.slice(0, 9).flatMap((one) => (one.found_by ? candidate.ring(one) : []));
    return rings.concat(list.map((one, row) => {
      const html = `<span class="pick">${row + 1}</span>`;
      const marker = L.marker(spot(one), { icon: L.divIcon({ className: "symbol", html, iconSize: [24, 24] }), keyboard: false, pane: "tag", title: one.label || one.address });
      return marker.on("click", () => (lost ? mainbreak.take.placeTaken(one) : call.choose(one)));
    }));
  }

  function pinned({ position, chosen }) {
    return position ? [...(chosen ? candidate.ring(chosen) : []), icons.pinAt(spot(position)), tag(spot(position), call.place(), say("map.caller"))] : [];
  }

  function draw() {
    const now = call.now, picks = choices(now);
    own.clearLayers();
    for (const layer of [...burst(now), ...picks, ...pinned(now)]) own.addLayer(layer);
    const lost = Boolean(now.taken && !now.taken.ticket.place) || (now.ticket && !now.ticket.place && !now.position) || now.answer?.kind === "place_unknown";
    get("map-hint").hidden = !lost;
    get("map-hint").textContent = say("map.click");
    const seen = JSON.stringify([now.position, picks.length]);
    if (seen !== fitted) { fitted = seen; fit(); }
  }

  /** The caller's place, the places to choose from, or the whole network. */
  function fit() {
    const now = call.now, spots = own.getLayers().filter((layer) => layer.options.title).map((layer) => layer.getLatLng());
    if (now.position) map.setView(spot(now.position), 16.5, { animate: false });
    else if (spots.length) map.fitBounds(L.latLngBounds(spots), { padding: [48, 48], maxZoom: 16.5, animate: false });
    else map.fitBounds(everything(), { animate: false });
  }

  /** A click places the call, at any time before it is stored; who was found elsewhere can be put back. */
  map.on("click", ({ latlng }) => {
    const { busy, taken } = call.now;
    if (busy) return;
    if (taken) { if (!taken.ticket.place) mainbreak.take.placeTaken({ lon: latlng.lng, lat: latlng.lat }); return; }
    call.placeAt(latlng);
  });

  on("moved", (before) => {
    const back = el("button", { type: "button", onclick: () => { document.querySelector(".toast")?.remove(); call.restore(before); } }, say("form.undo"), " ", el("kbd", {}, "Ctrl Z"));
    mainbreak.office.toast(say("map.moved"), back);
  });

  map.fitBounds(everything(), { animate: false });
  for (const key of layers) mainbreak.layers[key](data).addTo(map);
  get("credit").textContent = data("streets").credit || "";
  get("credit").hidden = !data("streets").credit;
  on("call", draw);
  on("redraw", draw);
  on("tables", draw);
  on("theme", draw);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  draw();
};

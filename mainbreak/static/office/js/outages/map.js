/* The public's map: streets, generalised areas without water, and the place that was asked for. */
"use strict";

mainbreak.startAreas = () => {
  const { canvas, data, el, glyphs, icons, number, on, say } = mainbreak;
  const get = (id) => document.getElementById(id);
  const map = mainbreak.map("map");
  const looks = {
    in_effect: { color: "dry", dashArray: "7 5", weight: 2.5, fillOpacity: 0.18 },
    announced: { color: "dry", dashArray: "2 6", weight: 2, fillOpacity: 0.06 },
    partly_restored: { color: "dry", dashArray: "7 5", weight: 2.5, fillOpacity: 0.09 },
    predicted: { color: "dry", dashArray: "2 6", weight: 2, fillOpacity: 0.06 },
    restored: { color: "ok", dashArray: null, weight: 1.5, fillOpacity: 0.08 },
  };
  let areas = [], shown = [], pin = null, home = null;

  map.scrollWheelZoom.disable();
  if (window.matchMedia("(pointer: coarse)").matches) map.dragging.disable();
  for (const [id, glyph, by] of [["zoom-in", "in", 1], ["zoom-out", "out", -1]]) {
    get(id).append(glyphs.node(glyphs.tools[glyph]));
    get(id).addEventListener("click", () => map.setZoom(map.getZoom() + by));
  }

  /** One ring, or several: each a list of lon, lat. */
  const rings = (polygon) => (polygon.length && typeof polygon[0][0] === "number" ? [polygon] : polygon)
    .map((ring) => ring.map(([lon, lat]) => L.latLng(lat, lon)));

  function outline(one) {
    const look = looks[one.state] || looks.in_effect, ink = canvas.colour(look.color);
    return L.polygon(rings(one.polygon).map((ring) => [ring]), canvas.on("outage-band", { ...look, color: ink, fillColor: ink, fill: true, smoothFactor: 1 }));
  }

  const words = (one) => say("tag.homes", { state: say(`state.${one.state}`), n: number(one.premises_count) });

  /** A label on an area's upper edge, so that the pin inside stays in sight. */
  function label(one, shape) {
    const bounds = shape.getBounds();
    const text = el("div", { class: `area-tag is-${one.state}` }, words(one));
    const icon = L.divIcon({ className: "symbol", html: text, iconSize: [0, 0] });
    return L.marker([bounds.getNorth(), bounds.getCenter().lng], { icon, interactive: false, keyboard: false, pane: "tag" });
  }

  function draw() {
    shown.forEach((layer) => layer.remove());
    shown = areas.filter((one) => one.polygon && one.polygon.length).flatMap((one) => {
      const shape = outline(one).addTo(map);
      return one.state === "restored" ? [shape] : [shape, label(one, shape).addTo(map)];
    });
  }

  /** The whole town, as wide as its streets. */
  function whole() {
    const spots = data("streets").lines.flatMap(([, , line]) => mainbreak.places(line.slice(0, 2)));
    return L.latLngBounds(spots.length ? spots : [[30.25, 113.85], [30.35, 114.0]]);
  }

  /** Areas and the place asked for, or the whole town. */
  function fit() {
    const spots = areas.filter((one) => one.state !== "restored" && one.polygon).flatMap((one) => rings(one.polygon).flat());
    const near = pin ? [pin.getLatLng(), ...spots.filter((spot) => spot.distanceTo(pin.getLatLng()) < 900)] : spots;
    const bounds = near.length ? L.latLngBounds(near) : home;
    map.fitBounds(bounds, { padding: [28, 28], maxZoom: 16.5, animate: false });
  }

  function show(next) {
    const first = JSON.stringify(areas.map((one) => one.id)) !== JSON.stringify(next.map((one) => one.id));
    areas = next;
    draw();
    if (first && !pin) fit();
  }

  function point(place, move = true) {
    if (pin) pin.remove();
    pin = place ? icons.pinAt(L.latLng(place.lat, place.lon)).addTo(map) : null;
    if (move) fit();
  }

  home = whole();
  map.fitBounds(home, { animate: false });
  mainbreak.layers.streets(data).addTo(map);
  get("credit").textContent = data("streets").credit || "";
  on("theme", draw);
  on("redraw", draw);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(get("map"));
  return { point, show };
};

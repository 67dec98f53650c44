/* The one map of the page: it moves into whatever screen has a place for it. */
"use strict";

mainbreak.crew.map = (() => {
  const { canvas, el, glyphs, on } = mainbreak;
  const { day, position } = mainbreak.crew;
  const host = el("div", { id: "map" });
  const shown = { ground: [], own: null, focus: undefined, fitted: "" }, above = [];
  let map = null;

  /** The place a screen keeps for the map. */
  const slot = (look) => el("div", { class: `map-slot ${look}` });

  function make() {
    map = mainbreak.map(host);
    map.setView([0, 0], 15);
    shown.own = L.layerGroup().addTo(map);
    map.on("click", ({ latlng }) => picked({ lon: latlng.lng, lat: latlng.lat }));
    new ResizeObserver(() => { map.invalidateSize({ animate: false }); fit(false); }).observe(host);
    on("ground", () => { lay(); draw(); });
    on("theme", draw);
    on("position", draw);
  }

  /** The next tap is a place for whoever asked. */
  function pick(then) {
    shown.then = then;
    host.classList.add("is-picking");
  }

  function picked(place) {
    const { then } = shown;
    if (!then || shown.focus !== null) return;
    leave();
    then(place);
  }

  function leave() {
    shown.then = null;
    host.classList.remove("is-picking");
  }

  window.addEventListener("hashchange", () => { if (window.location.hash !== "#map") leave(); });

  /** Streets and pipes, new each time the server gave new ones. */
  function lay() {
    shown.ground.forEach((layer) => layer.remove());
    shown.ground = ["streets", "pipes"].map((key) => mainbreak.layers[key](mainbreak.data).addTo(map));
  }

  /** Put the map into a screen; `focus` is a visit's id, null for all of them. */
  function enter(place, focus) {
    if (!map) make();
    if (host.parentElement !== place) place.append(host);
    const still = focus !== null;
    for (const hand of ["dragging", "touchZoom", "doubleClickZoom", "scrollWheelZoom", "keyboard"]) map[hand][still ? "disable" : "enable"]();
    host.classList.toggle("is-still", still);
    const moved = shown.focus !== focus;
    shown.focus = focus;
    map.invalidateSize({ animate: false });
    draw();
    fit(moved);
  }

  const visits = () => (shown.focus ? [day.visit(shown.focus)].filter(Boolean) : day.visits().filter((one) => !one.ended));
  const lineOf = (visit) => visit.route.map(([lon, lat]) => L.latLng(lat, lon));
  const at = ({ lon, lat }) => L.latLng(lat, lon);

  function dry() {
    const rows = mainbreak.has("outages") ? mainbreak.data("outages") : [];
    const { line } = mainbreak.has("pipes") ? mainbreak.data("pipes") : { line: [] };
    return rows.flatMap(({ predicted, pipes }) => {
      const lines = pipes.map((row) => mainbreak.places(line[row]));
      const ink = canvas.colour("dry"), band = canvas.on("outage-band", { color: ink, opacity: predicted ? 0.13 : 0.26, weight: predicted ? 20 : 22 });
      const core = canvas.on("outage-core", { color: ink, weight: predicted ? 4 : 7, dashArray: predicted ? "3 5" : null, lineCap: "butt" });
      const hollow = canvas.on("outage-core", { color: canvas.colour("m-st"), weight: 3, lineCap: "butt" });
      return [L.polyline(lines, band), L.polyline(lines, core), ...(predicted ? [] : [L.polyline(lines, hollow)])];
    });
  }

  const symbol = (place, html, size, zIndexOffset, look = {}) =>
    L.marker(place, { icon: L.divIcon({ className: "symbol", html, iconSize: size, ...look }), interactive: false, keyboard: false, pane: "symbol", zIndexOffset });

  /** Each isolation valve beside its junction, its number beside it. */
  function isolationValves(visit) {
    const table = new Map((mainbreak.has("isolation_valves") ? mainbreak.data("isolation_valves") : []).map((row) => [row[0], row]));
    const order = visit.isolation ? visit.isolation.order : visit.opening.filter((step) => step.state !== "held");
    return order.map((step) => {
      const [, , , turn, away] = table.get(step.id) || [null, 0, 0, 0, null];
      const [dx, dy] = mainbreak.besideJunction(away, 12);
      const bow = glyphs.bowtie({ closed: "closed", stuck: "inoperable", jammed: "inoperable" }[step.state] || (visit.isolation || step.state === "opened" ? "open" : "closed"), turn);
      const badge = step.state === "stuck" ? "" : `<span class="badge is-${step.state}">${glyphs.order(String(step.number))}</span>`;
      const look = `symbol isolation ${Math.abs(Math.cos((turn * Math.PI) / 180)) < 0.7 ? "is-upright" : ""}`;
      return symbol(at(step), bow + badge, [36, 36], 200, { className: look, iconAnchor: [18 - dx, 18 - dy] });
    });
  }

  function route(visit) {
    const line = lineOf(visit);
    if (line.length < 2) return [];
    const size = canvas.scale(map.getZoom());
    return [L.polyline(line, canvas.on("route", { color: canvas.colour("m-st"), weight: 8 * Math.max(0.6, size), opacity: 0.9 })),
      L.polyline(line, canvas.on("route", { color: canvas.colour("acc"), weight: 4, dashArray: "0.1 7", lineCap: "round" }))];
  }

  function spot(visit) {
    if (visit.isolation) return [symbol(at(visit.incident_at), glyphs.burst(30), [30, 30], 300), ...isolationValves(visit)];
    if (visit.opening && visit.state === "field_complete") return isolationValves(visit);
    if (shown.focus === null) return []; // its door is enough
    const bursts = ["burst", "construction_damage"].includes(visit.symptom);
    return [symbol(at(visit.target), bursts ? glyphs.burst(30) : glyphs.priority(Number(visit.priority.slice(1)), 36 / 28), bursts ? [30, 30] : [36, 31], 300)];
  }

  /** On the whole map each visit has a door to its screen. */
  function door(visit, row) {
    const marker = L.marker(at(visit.target), {
      icon: L.divIcon({ className: "symbol door", html: `<span>${row + 1}</span>`, iconSize: [48, 48], iconAnchor: [24, 52] }), keyboard: true, pane: "symbol", zIndexOffset: 600,
      title: mainbreak.say("visit.open", { title: mainbreak.sentence(visit.title) }),
    });
    return marker.on("click keypress", () => { window.location.hash = `#visit/${visit.id}`; });
  }

  function crew() {
    if (!position.last) return [];
    const name = day.me.crew.name, short = (name.match(/[一二三四五六七八九十\d]+/) || [name])[0].slice(0, 2);
    return [symbol(at(position.last), glyphs.crew(short), [28, 28], 500)];
  }

  function draw() {
    if (!map || !host.isConnected) return;
    shown.own.clearLayers();
    const some = visits();
    const doors = shown.focus === null ? some.map(door) : [];
    const closed = above.flatMap((layers) => layers(canvas.scale(map.getZoom())));
    [...closed, ...dry(), ...some.flatMap(route), ...some.flatMap(spot), ...crew(), ...doors].forEach((layer) => shown.own.addLayer(layer));
  }

  /** What a crew wants to see: the place, its isolation valves, the last of the way there. */
  function spots() {
    return visits().flatMap((visit) => [at(visit.target), ...(visit.isolation ? [at(visit.incident_at), ...visit.isolation.order.map(at)] : []),
      ...(shown.focus === null ? lineOf(visit) : lineOf(visit).slice(-3))]);
  }

  function fit(always) {
    const places = spots(), size = map.getSize();
    const wanted = JSON.stringify([shown.focus, size.x, size.y, places.map((one) => [one.lat, one.lng])]);
    if (!places.length || !size.x || (!always && (shown.fitted === wanted || shown.focus === null))) return;
    shown.fitted = wanted;
    map.fitBounds(L.latLngBounds(places), { animate: false, maxZoom: 17.5, padding: [36, 36] });
    draw();
  }

  return {
    all: () => fit(true), enter, leave, pick, slot,
    over: (layers) => above.push(layers),
    get isPicking() { return Boolean(shown.then); },
    here: () => position.last && map.setView(at(position.last), 17, { animate: false }),
    zoom: (step) => map.setZoom(map.getZoom() + step),
  };
})();

/* Closures. A closed street is a red and white band with a bar across; one that is only slow an amber band
   with a dotted middle; what is still to come is outlined and dashed. Areas have their edge too. */
"use strict";

mainbreak.layers.closures = (data) => {
  const { closureSigns, closures, el, onParts, places, say, set, state } = mainbreak;
  const { colour, on, scale, styled } = mainbreak.canvas;
  const flat = { lineCap: "butt" };
  const line = (options = flat) => L.polyline([], on("closure", options));
  const parts = {
    area: L.polygon([], on("closure", { stroke: false })), slowArea: L.polygon([], on("closure", { stroke: false })), chosen: line({}),
    edge: line(), slowEdge: line(), casing: line(), white: line(), red: line(), slow: line(), dots: line({}), coming: line(),
  };
  const group = L.layerGroup(Object.values(parts)), marks = mainbreak.markers(group);
  let popup = null;

  /** What of it is drawn along streets: those it touches, else its own line. */
  const lines = (one) => (one.lines.length ? one.lines.map(places) : one.shape === "area" ? [] : [places(one.places)]);

  function ring(one) {
    const found = places(one.places);
    return [...found, found[0]];
  }

  /** Where its sign stands: on what it touches, off the middle, where the burst is often enough. */
  function spot(one) {
    const all = lines(one);
    if (!all.length) return L.latLngBounds(places(one.places)).getCenter();
    const course = all[Math.floor(all.length / 2)], row = Math.floor((course.length - 1) / 3), [a, b] = [course[row], course[row + 1] || course[row]];
    return L.latLng(a.lat + (b.lat - a.lat) * 0.3, a.lng + (b.lng - a.lng) * 0.3);
  }

  const look = (one) => `${closures.isClosed(one) ? "is-closed" : "is-slow"} is-${closures.stage(one)}`;

  function show(one) {
    const text = [closures.span(one), closures.isClosed(one) && closures.entry(one), one.note].filter(Boolean);
    const content = el("div", { class: "closure-popup" }, el("b", {}, closures.street(one)), el("p", {}, `${closures.chip(one)} · ${say(`closureReason.${one.reason}`)} · ${closures.extent(one)}`),
      text.map((line) => el("p", {}, line)), el("p", { class: "small" }, `${one.id} · ${closures.by(one)}`));
    popup = L.popup({ closeButton: false, autoPan: false, offset: [0, -8], className: "closure-pop" }).setLatLng(spot(one)).setContent(content).openOn(mainbreak.theMap);
  }

  const sign = (one) => ({
    key: one.id, place: spot(one), size: [24, 24], z: state.closure === one.id ? 480 : 440, className: `closure-spot${one.waits ? " is-waiting" : ""}`,
    html: closureSigns.sign(look(one)), title: [closures.street(one), closures.chip(one), closures.span(one)].join(" · "),
    onclick: () => { show(one); mainbreak.showTab("closures"); set("closure", one.id); },
  });

  function fill() {
    const all = closures.all(), now = all.filter((one) => closures.stage(one) === "now"), coming = all.filter((one) => closures.stage(one) === "coming");
    const shut = now.filter(closures.isClosed).flatMap(lines), slow = now.filter((one) => !closures.isClosed(one)).flatMap(lines);
    const areas = [...now, ...coming].filter((one) => one.shape === "area"), [shutAreas, slowAreas] = [true, false].map((wanted) => areas.filter((one) => closures.isClosed(one) === wanted).map(ring));
    const chosen = all.filter((one) => one.id === state.closure);
    const put = { area: shutAreas, edge: shutAreas, slowArea: slowAreas, slowEdge: slowAreas, chosen: chosen.flatMap((one) => (lines(one).length ? lines(one) : [ring(one)])),
      casing: shut, white: shut, red: shut, slow, dots: slow, coming: coming.flatMap(lines) };
    for (const [name, shapes] of Object.entries(put)) parts[name].setLatLngs(shapes);
    marks.sync([...now, ...coming].map(sign));
    if (popup && !all.some((one) => one.id === state.closure)) popup.remove();
  }

  function restyle(zoom) {
    const wide = closureSigns.width(scale(zoom)), red = colour("dan-s"), amber = colour("war-s");
    parts.area.setStyle({ fillColor: red, fillOpacity: 0.07 });
    parts.slowArea.setStyle({ fillColor: amber, fillOpacity: 0.1 });
    parts.edge.setStyle({ color: red, weight: 2, dashArray: "6 5" });
    parts.slowEdge.setStyle({ color: colour("war"), weight: 2, dashArray: "6 5" });
    parts.chosen.setStyle({ color: colour("acc"), opacity: 0.45, weight: wide + 12 });
    closureSigns.closed(wide, colour).forEach((style, row) => [parts.casing, parts.white, parts.red][row].setStyle(style));
    closureSigns.slow(wide, colour).forEach((style, row) => [parts.slow, parts.dots][row].setStyle(style));
    parts.coming.setStyle({ color: red, weight: 3, dashArray: "4 6" });
  }

  for (const name of ["closure", "language", "closures"]) mainbreak.on(name, fill);
  onParts(["closures"], fill);
  fill();
  mainbreak.seeClosure = (one) => {
    const bounds = L.latLngBounds([...lines(one).flat(), ...places(one.places)]);
    if (bounds.isValid()) mainbreak.theMap.fitBounds(bounds, { maxZoom: 17, padding: [90, 90], animate: !mainbreak.quiet.matches });
  };
  return styled(group, restyle);
};

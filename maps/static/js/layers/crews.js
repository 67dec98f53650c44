/* Crews where they were seen last, else where their shift begins; the drives to their visits as round
   dots. A crew glides from one fix to the next. */
"use strict";

mainbreak.layers.crews = (data) => {
  const { at, canvas, crews: crew, facts, glyphs, on, onParts, places, quiet, state } = mainbreak;
  const gliding = 1000; // ms
  const all = L.polyline([], canvas.on("route")), casing = L.polyline([], canvas.on("route")), dots = L.polyline([], canvas.on("route"));
  const group = L.layerGroup([all, casing, dots]), spots = mainbreak.markers(group);
  let drives = [];

  function glide(element) {
    if (!element || quiet.matches) return;
    element.classList.add("is-gliding");
    window.setTimeout(() => element.classList.remove("is-gliding"), gliding);
  }

  /** A crew's card; while a place is being chosen the click is the map's. */
  function open(event, id) {
    if (document.body.classList.contains("is-placing")) group._map.fire("click", { latlng: event.latlng });
    else mainbreak.openCard(`crew ${id}`);
  }

  function spot(one, row, short) {
    const [dx, dy] = crew.shift(row), look = crew.look(one);
    return {
      key: one.id, place: at(...one.xy), html: glyphs.crew(short, 28, look, one.fix && one.fix.heading), size: [28, 28],
      anchor: [14 - dx, 14 - dy], className: "crew-spot", z: 500, title: one.name, glide,
      onclick: mainbreak.openCard && ((event) => open(event, one.id)),
    };
  }

  function place() {
    const short = crew.shortNames(), { live, crews } = facts.facts().day;
    const shown = crews.map((one, row) => [one, row]).filter(([one]) => !live || one.fix || crew.onShift(one));
    spots.sync(shown.map(([one, row]) => spot(one, row, short[row])));
  }

  /** Drives still ahead; what is over is no longer on the map. */
  function lay() {
    const ahead = (visit) => visit.line.length > 2 && ["assigned", "accepted", "en_route", undefined].includes(visit.state);
    drives = data("day").visits.filter(ahead).map((visit) => ({ visit, line: places(visit.line) }));
    all.setLatLngs(drives.map((drive) => drive.line));
    highlight();
  }

  function chosen() {
    const row = facts.selected();
    if (row < 0) return [];
    return drives.filter(({ visit }) => facts.orderOf(visit).incident === row).map((drive) => drive.line);
  }

  function restyle(zoom) {
    const size = canvas.scale(zoom), blue = canvas.colour("acc"), look = { color: blue, lineCap: "round" };
    all.setStyle({ ...look, weight: 2.4, dashArray: "0.1 7", opacity: state.incident ? 0.35 : 0.75 });
    casing.setStyle({ color: canvas.colour("m-st"), weight: 4 + 4 * size, opacity: 0.9 });
    dots.setStyle({ ...look, weight: 4, dashArray: "0.1 7" });
  }

  function highlight() {
    casing.setLatLngs(chosen());
    dots.setLatLngs(chosen());
    if (all._map) restyle(all._map.getZoom());
  }

  on("incident", highlight);
  onParts(["day.crews"], place);
  onParts(["day.visits", "day.orders", "day.incidents"], lay);
  lay();
  place();
  return canvas.styled(group, restyle);
};

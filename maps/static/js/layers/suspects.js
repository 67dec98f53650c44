/* The selected incident's suspects: each segment a band, the likeliest strongest; the one pointed at in the
   list with a blue edge. Tickets that do not fit carry a question mark. */
"use strict";

mainbreak.layers.suspects = (data) => {
  const { at, facts, glyphs, sentence, state } = mainbreak;
  const { colour, on, scale, styled } = mainbreak.canvas;
  const bands = L.layerGroup(), signs = L.layerGroup(), group = L.layerGroup([bands, signs]), marks = mainbreak.markers(signs);
  const rows = new Map(data("pipes").id.map((id, row) => [id, row]));

  const pipes = (one) => (one.pipes || [one.pipe]).map((id) => rows.get(id)).filter((row) => row !== undefined);
  const courses = (one) => pipes(one).map((row) => mainbreak.places(data("pipes").line[row]));

  /** The likeliest at full strength and width, the others by their chance beside it. */
  function band(one, first, zoom) {
    const share = one.probability / first.probability, leads = one === first;
    return L.polyline(courses(one), on("outage-band", {
      color: colour("war-s"), opacity: leads ? 0.95 : 0.2 + 0.45 * share, weight: scale(zoom) * (leads ? 17 : 7 + 7 * share),
    }));
  }

  const edge = (one, zoom) => [L.polyline(courses(one), on("outage-band", { color: colour("acc"), weight: 24 * scale(zoom) })),
    L.polyline(courses(one), on("outage-band", { color: colour("war-s"), weight: 17 * scale(zoom) }))];

  /** Where valves are shut the outage is what counts: then a segment shows while it is pointed at. */
  function isShut() {
    const row = facts.selected(), outage = row < 0 ? null : facts.outageOf(row);
    return Boolean(outage && facts.isDry(outage));
  }

  function draw(zoom) {
    const suspects = mainbreak.suspects(), shown = suspects.find((one) => one.pipe === state.suspect);
    bands.clearLayers();
    for (const one of isShut() ? [] : [...suspects].reverse()) bands.addLayer(band(one, suspects[0], zoom));
    if (shown) edge(shown, zoom).forEach((line) => bands.addLayer(line));
  }

  function outliers() {
    const told = mainbreak.story(), all = told ? told.outliers : [], { tickets } = data("day");
    const mark = (one) => {
      const ticket = tickets.find((other) => other.id === one.ticket);
      return ticket && { key: one.ticket, place: at(...ticket.xy), size: [24, 24], z: 500, className: "outlier-spot", html: glyphs.unsure,
        title: `${one.ticket}: ${sentence(one.reason)}`, onclick: () => mainbreak.focusIn(`[data-key="outlier ${one.ticket}"]`) };
    };
    marks.sync(all.map(mark).filter(Boolean));
  }

  function redraw() {
    if (!group._map) return;
    draw(group._map.getZoom());
    outliers();
  }

  /** Go to a suspect's segment. */
  mainbreak.seeSuspect = (one) => {
    const bounds = L.latLngBounds(courses(one).flat());
    if (bounds.isValid()) mainbreak.theMap.fitBounds(bounds, { maxZoom: 17.25, padding: [80, 80], animate: !mainbreak.quiet.matches });
  };

  /** Where the fault may well be, for the map to show it all. */
  mainbreak.suspectBounds = () => L.latLngBounds(mainbreak.suspects().filter((one) => one.probability >= 0.1).flatMap((one) => courses(one).flat()));

  for (const name of ["story", "incident", "suspect", "language"]) mainbreak.on(name, redraw);
  mainbreak.onParts(["day.tickets", "outages"], redraw);
  return styled(group, redraw);
};

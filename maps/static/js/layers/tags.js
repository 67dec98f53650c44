/* Tags: a bold fact and a grey detail beside what they speak of; at most eight, the selected
   incident's first, none over another or over a symbol of that incident. */
"use strict";

mainbreak.tags = (map) => {
  const { at, clock, data, el, facts, number, say, state } = mainbreak;
  const most = 8, tall = 20;
  const holder = map.getPane("tag");
  const isolationValves = new Map(data("isolation_valves").map((row) => [row[0], at(row[1], row[2])]));

  const tag = (place, fact, detail = "", look = "", gap = 20, shift = [0, 0]) => ({ place, fact, detail, look, gap, shift });

  function burstTag(row) {
    const one = facts.incident(row), { pipes } = facts.facts();
    const pipe = one.pipe < 0 ? "" : pipes.id[one.pipe];
    return tag(at(...one.xy), `${pipe} ${facts.symptom(row)}`.trim(), "", "is-danger");
  }

  function outageTags(row) {
    const outage = facts.outageOf(row);
    if (!outage) return [];
    const found = outage.critical.map(([x, y, kind]) =>
      tag(at(x, y), say(`premises.${kind}`), say("tag.willBeDry"), "is-dry", 18));
    const beyond = outage.out - outage.inSegment;
    if (outage.unintended.length && beyond > 0) {
      found.push(tag(middle(outage.unintended), say("tag.unintended"), say("count.premises", { n: number(beyond) }), "is-dry", 12));
    }
    return found;
  }

  function middle(rows) {
    const { pipes } = facts.facts();
    const longest = rows.map((row) => mainbreak.places(pipes.line[row]))
      .reduce((best, line) => (line[0].distanceTo(line.at(-1)) > best[0].distanceTo(best.at(-1)) ? line : best));
    return L.latLngBounds([longest[0], longest.at(-1)]).getCenter();
  }

  function crewTags(row) {
    const first = new Map();
    for (const visit of facts.visitsOf(row)) if (!first.has(visit.crew)) first.set(visit.crew, visit);
    return [...first.values()].map((visit) => {
      const crew = facts.crewOf(visit);
      return tag(at(...crew.xy), crew.name, say("tag.eta", { time: clock(visit.eta) }), "is-crew", 18, facts.crewShift(visit.crew));
    });
  }

  function wholeDay() {
    return facts.sorted().filter((row) => facts.outageOf(row)).map((row) =>
      tag(at(...facts.incident(row).xy), say("tag.out"), say("count.premises", { n: number(facts.outageOf(row).out) }), "is-dry"));
  }

  const wanted = () => (state.incident < 0 ? wholeDay()
    : [burstTag(state.incident), ...outageTags(state.incident), ...crewTags(state.incident)]);

  const around = (spot, half) => [spot.x - half, spot.y - half, spot.x + half, spot.y + half];

  /** Boxes of symbols that a tag must not cover. */
  function symbols() {
    const { day } = facts.facts();
    const spots = [], crews = day.crews.map((crew, row) => map.latLngToContainerPoint(at(...crew.xy)).add(facts.crewShift(row)));
    const outage = state.incident < 0 ? null : facts.outageOf(state.incident);
    if (outage) spots.push(...[...outage.close, ...outage.optional].map((id) => isolationValves.get(id)).filter(Boolean));
    if (state.incident >= 0) spots.push(at(...facts.incident(state.incident).xy));
    const boxes = spots.map((place) => around(map.latLngToContainerPoint(place), 19));
    return [...boxes, ...crews.map((spot) => around(spot, 13))];
  }

  const apart = (a, b) => a[2] < b[0] || a[0] > b[2] || a[3] < b[1] || a[1] > b[3];

  /** Right, left, below, above: the first place that is free. */
  function spotFor(one, wide, taken) {
    const { x, y } = map.latLngToContainerPoint(one.place).add(one.shift), gap = one.gap;
    const corners = [[x + gap, y - tall / 2], [x - gap - wide, y - tall / 2], [x - wide / 2, y + gap], [x - wide / 2, y - gap - tall],
      [x + gap, y + gap], [x - gap - wide, y - gap - tall]];
    return corners.map(([left, top]) => [left, top, left + wide, top + tall])
      .find((box) => taken.every((other) => apart(box, other)));
  }

  function put(one, taken) {
    const element = el("div", { class: `tag ${one.look}` }, el("b", {}, one.fact), one.detail && el("span", {}, one.detail));
    holder.append(element);
    const box = spotFor(one, element.offsetWidth, taken);
    if (!box) { element.remove(); return; }
    taken.push(box);
    L.DomUtil.setPosition(element, map.containerPointToLayerPoint([box[0], box[1]]).round());
  }

  function draw() {
    holder.replaceChildren();
    const seen = map.getBounds(), taken = symbols();
    if (state.incident < 0 && map.getZoom() < 12) return;
    wanted().filter((one) => seen.contains(one.place)).slice(0, most).forEach((one) => put(one, taken));
  }

  map.on("zoomstart", () => holder.replaceChildren());
  map.on("moveend resize", draw);
  mainbreak.on("incident", draw);
  mainbreak.on("redraw", draw);
  draw();
};

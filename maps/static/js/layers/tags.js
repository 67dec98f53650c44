/* Tags: a bold fact and a grey detail beside what they speak of; at most eight, the selected
   incident's first, none over another or over a symbol of that incident. */
"use strict";

mainbreak.tags = (map) => {
  const { ago, at, clock, crews, data, el, facts, number, say } = mainbreak;
  const most = 8, tall = 20;
  const holder = map.getPane("tag");
  const isolationValves = new Map(data("isolation_valves").map((row) => [row[0], at(row[1], row[2])]));

  const tag = (place, fact, detail = "", look = "", gap = 20, shift = [0, 0]) => ({ place, fact, detail, look, gap, shift });

  function burstTag(row) {
    const one = facts.incident(row), { pipes } = facts.facts();
    const pipe = one.pipe < 0 ? "" : pipes.id[one.pipe];
    const first = mainbreak.suspects && mainbreak.suspects()[0], likely = first && first.pipe === pipe;
    return tag(at(...one.xy), `${pipe} ${facts.symptom(row)}`.trim(), likely ? say("where.chance", { n: mainbreak.chance(first) }) : "", "is-danger");
  }

  function outageTags(row) {
    const outage = facts.outageOf(row);
    if (!outage || facts.isGone(outage)) return [];
    const now = facts.isDry(outage), word = now ? "tag.isDry" : "tag.willBeDry";
    const critical = (told) => ([x, y, kind, name]) => tag(at(x, y), name || say(`premises.${kind}`), say(told), "is-dry", 18);
    const found = [...(outage.failed || []).map(failedTag), ...outage.critical.map(critical(word)),
      ...(outage.proposal ? outage.proposal.critical : []).map(critical("tag.wouldBeDry"))];
    const beyond = outage.out - outage.inSegment;
    if (outage.unintended.length && beyond > 0) {
      found.push(tag(middle(outage.unintended), say("tag.unintended"), say("count.premises", { n: number(beyond) }), "is-dry", 12));
    }
    return found.filter(Boolean);
  }

  function failedTag({ id }) {
    const place = isolationValves.get(id);
    return place && tag(place, say("tag.failed", { id }), "", "is-danger", 24);
  }

  function middle(rows) {
    const { pipes } = facts.facts();
    const longest = rows.map((row) => mainbreak.places(pipes.line[row]))
      .reduce((best, line) => (line[0].distanceTo(line.at(-1)) > best[0].distanceTo(best.at(-1)) ? line : best));
    return L.latLngBounds([longest[0], longest.at(-1)]).getCenter();
  }

  function crewTags(row) {
    const first = new Map();
    for (const visit of facts.visitsOf(row)) if (visit.crew >= 0 && visit.ended == null && !first.has(visit.crew)) first.set(visit.crew, visit);
    return [...first.values()].map((visit) => crewTag(facts.crewOf(visit), visit.crew, visit));
  }

  /** Where a crew is, what it does, when it arrives, and how old its sign is. */
  function crewTag(crew, row, visit) {
    const eta = visit && visit.arrived == null ? say("tag.eta", { time: clock(facts.etaOf(visit)) }) : "";
    const shift = crews.shift(row);
    if (!facts.facts().day.live) return tag(at(...crew.xy), crew.name, eta, "is-crew", 18, shift);
    const age = crew.fix ? ago(crews.age(crew)) : "", fact = `${crew.name} ${crews.word(crew)}`;
    return tag(at(...crew.xy), fact, [crews.isStale(crew) ? "" : eta, age].filter(Boolean).join(" · "), "is-crew", 18, shift);
  }

  /** The whole day: each outage and, on a live page, crews whose sign is old. */
  function wholeDay() {
    const { day } = facts.facts();
    const dry = facts.sorted().filter((row) => facts.outageOf(row) && !facts.isGone(facts.outageOf(row))).map((row) =>
      tag(at(...facts.incident(row).xy), say(facts.isDry(facts.outageOf(row)) ? "tag.isOut" : "tag.out"), say("count.premises", { n: number(facts.outageOf(row).out) }), "is-dry"));
    const stale = day.live ? day.crews.map((crew, row) => [crew, row]).filter(([crew]) => crews.isStale(crew)) : [];
    return [...dry, ...stale.map(([crew, row]) => crewTag(crew, row, null))];
  }

  const wanted = () => (facts.selected() < 0 ? wholeDay()
    : [burstTag(facts.selected()), ...outageTags(facts.selected()), ...crewTags(facts.selected())]);

  const around = (spot, half) => [spot.x - half, spot.y - half, spot.x + half, spot.y + half];

  /** Boxes of symbols that a tag must not cover. */
  function symbols() {
    const { day } = facts.facts();
    const spots = [], row = facts.selected(), outage = row < 0 ? null : facts.outageOf(row);
    const stand = day.crews.map((crew, at_) => map.latLngToContainerPoint(at(...crew.xy)).add(crews.shift(at_)));
    if (outage) spots.push(...[...outage.close, ...outage.optional].map((id) => isolationValves.get(id)).filter(Boolean));
    if (row >= 0) spots.push(at(...facts.incident(row).xy));
    const boxes = spots.map((place) => around(map.latLngToContainerPoint(place), 19));
    return [...boxes, ...stand.map((spot) => around(spot, 13))];
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
    if (facts.selected() < 0 && map.getZoom() < 12) return;
    wanted().filter((one) => seen.contains(one.place)).slice(0, most).forEach((one) => put(one, taken));
  }

  map.on("zoomstart", () => holder.replaceChildren());
  map.on("moveend resize", draw);
  mainbreak.on("incident", draw);
  mainbreak.on("redraw", draw);
  mainbreak.on("slow", draw);
  mainbreak.on("story", draw);
  mainbreak.onParts(["outages", "day.crews", "day.visits", "day.incidents"], draw);
  draw();
};

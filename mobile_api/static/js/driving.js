/* The way there in words: one row for each thing to decide, as it was known when the line was last good. */
"use strict";

mainbreak.crew.driving = (() => {
  const { el, say, sentence } = mainbreak;
  const { arrows, day, icons, parts, position, wire } = mainbreak.crew;
  const degree = 111195, strayM = 60, passedM = 10, sameM = 1;

  const there = new Set(["on_site", "paused", "field_complete"]);

  /** Metres along the course to the place on it nearest to (0, 0), and how far away that is. */
  function nearest(course) {
    let gone = 0, best = { away: Infinity, along: 0 };
    for (let row = 1; row < course.length; row += 1) {
      const [ax, ay] = course[row - 1], [bx, by] = course[row], dx = bx - ax, dy = by - ay, length = Math.hypot(dx, dy);
      const share = length ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (length * length))) : 0;
      const away = Math.hypot(ax + share * dx, ay + share * dy);
      if (away < best.away) best = { away, along: gone + share * length };
      gone += length;
    }
    return best;
  }

  /** Which step comes next and in how many metres, by the phone's own position; null off the way. */
  function next(visit) {
    const here = position.place(), route = visit.route || [];
    if (here.lon === undefined || route.length < 2) return null;
    const width = degree * Math.cos((here.lat * Math.PI) / 180);
    const flat = ([lon, lat]) => [(lon - here.lon) * width, (lat - here.lat) * degree];
    const course = route.map(flat), me = nearest(course);
    if (me.away > strayM) return null;
    let row = 0, gone = 0;
    for (const [at, step] of visit.steps.entries()) {
      const [x, y] = flat([step.lon, step.lat]);
      while (row < course.length - 1 && Math.hypot(course[row][0] - x, course[row][1] - y) > sameM) {
        gone += Math.hypot(course[row + 1][0] - course[row][0], course[row + 1][1] - course[row][1]);
        row += 1;
      }
      if (at > 0 && (gone > me.along + passedM || at === visit.steps.length - 1)) return { at, metres: Math.max(0, gone - me.along) };
    }
    return null;
  }

  function leg(step, at, ahead, last) {
    const detail = step.type === "depart" || at === last ? null : sentence(step.distance);
    const state = ahead && (at === ahead.at ? "is-next" : at < ahead.at - 1 && "is-past");
    return el("li", { class: `leg ${state || ""}`, "aria-current": state === "is-next" && "step" }, arrows(step),
      el("div", { class: "leg-text" }, el("p", { class: "leg-do" }, sentence(step.text)), detail && el("p", { class: "leg-far" }, detail)));
  }

  /** From where it was reckoned: the first drive from the crew, the next from the stop before. */
  function origin(first) {
    const text = first ? say("way.age", { time: parts.clockOf(wire.at(day.readAt)) }) : say("way.stop");
    return el("p", { class: "meta" }, text);
  }

  /** Folded it tells the whole way, or on the way what comes next. */
  function head(visit, ahead) {
    const total = [say("way.steps", { n: visit.steps.length }), parts.way(visit.travel_m), parts.span(visit.driving_s)].join(" · ");
    const step = ahead && visit.steps[ahead.at];
    const text = step ? [el("b", {}, sentence(step.text)), el("p", { class: "meta" }, say("way.ahead", { far: parts.way(ahead.metres) }))]
      : [el("b", {}, say("way.title")), el("p", { class: "meta" }, total)];
    return el("summary", { "data-key": "legs.head" }, step ? arrows(step) : icons("route"), el("div", {}, text));
  }

  /** A list under the visit; nothing once there, ended, or where the streets are not known. */
  function list(visit) {
    const steps = visit.steps || [], last = steps.length - 1;
    if (last < 1 || visit.ended || there.has(visit.state)) return null;
    const told = day.visits().find((one) => (one.steps || []).length > 0), first = !told || told.id === visit.id;
    const ahead = first && visit.state === "en_route" ? next(visit) : null;
    return el("details", { class: "legs", "data-key": "legs" }, head(visit, ahead),
      el("ol", {}, steps.map((step, at) => leg(step, at, ahead, last))), origin(first));
  }

  return { list };
})();

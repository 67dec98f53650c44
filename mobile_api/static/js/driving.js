/* The way there in words: one row for each thing to decide, as it was known when the line was last good. */
"use strict";

mainbreak.crew.driving = (() => {
  const { el, say, sentence } = mainbreak;
  const { arrows, day, icons, parts, wire } = mainbreak.crew;

  const there = new Set(["on_site", "paused", "field_complete"]);

  function row(step, last) {
    const detail = step.type === "depart" || last ? null : sentence(step.distance);
    return el("li", { class: "leg" }, arrows(step),
      el("div", { class: "leg-text" }, el("p", { class: "leg-do" }, sentence(step.text)), detail && el("p", { class: "leg-far" }, detail)));
  }

  /** From where it was reckoned: the first drive from the crew, the next from the stop before. */
  function origin(visit) {
    const first = day.visits().find((one) => (one.steps || []).length > 0);
    const text = first && first.id !== visit.id ? say("way.stop") : say("way.age", { time: parts.clockOf(wire.at(day.readAt)) });
    return el("p", { class: "meta" }, text);
  }

  /** A folded list under the visit; nothing once there, ended, or where the streets are not known. */
  function list(visit) {
    const steps = visit.steps || [];
    if (steps.length < 2 || visit.ended || there.has(visit.state)) return null;
    const total = [say("way.steps", { n: steps.length }), parts.way(visit.travel_m), parts.span(visit.driving_s)].join(" · ");
    return el("details", { class: "legs", "data-key": "legs" },
      el("summary", {}, icons("route"), el("div", {}, el("b", {}, say("way.title")), el("p", { class: "meta" }, total))),
      el("ol", {}, steps.map((step, at) => row(step, at === steps.length - 1))), origin(visit));
  }

  return { list };
})();

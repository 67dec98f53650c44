/* What to do at a step as a picture: the way driven in full strokes, the other ways pale. */
"use strict";

mainbreak.crew.arrows = (() => {
  const { node } = mainbreak.glyphs;
  const pale = (path) => `<path class="pale" d="${path}"/>`;
  const line = (path) => `<path d="${path}"/>`;

  /** Drawn to the left; the right is the same in a mirror. */
  const ahead = line("M12 20V4.5M7 9.5l5-5 5 5");
  const turns = {
    straight: ahead,
    "slight left": line("M15.5 20v-6L7.5 6M7.5 12V6h6"),
    left: line("M18 20v-8a2.5 2.5 0 0 0-2.5-2.5h-11M9.5 4.5l-5 5 5 5"),
    "sharp left": line("M17.5 20V5.5L6.5 16.5M6.5 10v6.5H13"),
    uturn: line("M17.5 20V9a5 5 0 0 0-10 0v9M3 13.5 7.5 18l4.5-4.5"),
  };
  const forks = {
    straight: pale("M12 14 5.5 7M12 14l6.5-7") + ahead,
    "slight left": pale("M12 14.5 18.5 8") + line("M12 20v-5.5L5.5 7M5.5 13V7h6"),
  };
  const ramps = { straight: ahead, "slight left": pale("M17 20V4") + line("M17 20c0-6-9-5-9-13M4 10.5l4-4 4 4") };
  const merges = { straight: ahead, "slight left": pale("M9 20V11") + line("M17.5 20c0-6-8.5-5-8.5-11V4.5M4.5 9 9 4.5 13.5 9") };
  const ends = { left: pale("M12 9.5h8") + line("M12 20V9.5H4M8.5 5 4 9.5 8.5 14") };

  const start = '<circle cx="12" cy="18" r="3"/>' + line("M12 15V4.5M7.5 9 12 4.5 16.5 9");
  const goal = line("M12 21.5c4.6-5 7-8.2 7-11.5a7 7 0 0 0-14 0c0 3.3 2.4 6.5 7 11.5z") + '<circle class="fill" cx="12" cy="10" r="2.6"/>';
  /** Open towards where one enters: a closed circle with a figure is an isolation valve's number. */
  const ring = line("M12 20.5A8.5 8.5 0 1 0 3.5 12M.8 9.6 3.5 12.4 6.3 9.6");
  const round = (exit) => ring + (exit ? `<text x="12" y="16">${Number(exit)}</text>` : "");

  const kinds = { fork: forks, "on ramp": ramps, "off ramp": ramps, merge: merges, "end of road": ends };

  function inner(step) {
    if (step.type === "depart") return start;
    if (step.type === "arrive") return goal;
    if (step.type === "roundabout" || step.type === "exit roundabout") return round(step.exit);
    const way = step.modifier || "straight", left = way.replace("right", "left");
    const drawn = (kinds[step.type] || turns)[left] || turns[left] || ahead;
    return left === way ? drawn : `<g transform="matrix(-1 0 0 1 24 0)">${drawn}</g>`;
  }

  return (step) => node(`<svg class="icon arrow" width="32" height="32" viewBox="0 0 24 24" aria-hidden="true">${inner(step)}</svg>`);
})();

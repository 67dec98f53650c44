/* The sign of a closure, and how its street is drawn, for the map, the lists and the legend. */
"use strict";

mainbreak.closureSigns = (() => {
  const svg = (width, height, look, inner) =>
    `<svg class="g ${look}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true">${inner}</svg>`;
  const bar = '<circle class="disc" cx="12" cy="12" r="10.5"/><path class="bar" d="M6 12h12"/>';
  const mark = '<path class="disc" d="M12 1.8 22.8 21H1.2z"/><path class="bar" d="M12 8.5v6M12 17.6v.1"/>';

  /** A bar in a red disc where nobody drives, a mark in an amber triangle where it is slow. */
  const sign = (look) => svg(24, 24, `closure-sign ${look}`, look.includes("is-closed") ? bar : mark);

  /** A stretch of band, 32 px long. */
  const sample = (look) => svg(32, 20, "sample closure-sample", look === "is-closed"
    ? '<path class="casing" d="M0 10h32"/><path class="white" d="M0 10h32"/><path class="red" d="M0 10h32"/>'
    : '<path class="amber" d="M0 10h32"/><path class="dots" d="M2 10h30"/>');

  /** The lines of a closed street, bottom up, `wide` px at this zoom; flat ends, so that bars meet. */
  function closed(wide, colour) {
    const red = colour("dan-s"), flat = { lineCap: "butt" };
    return [{ ...flat, color: red, weight: wide + 2 }, { ...flat, color: colour("closure-white"), weight: wide }, { ...flat, color: red, weight: wide, dashArray: `${wide} ${wide}` }];
  }

  /** The lines of a slow street, bottom up. */
  const slow = (wide, colour) => [{ color: colour("war-s"), weight: wide, lineCap: "butt" },
    { color: colour("on-war"), weight: Math.max(1.5, wide / 4), dashArray: `0.1 ${wide}` }];

  const width = (scale) => Math.max(4, 12 * scale);

  return { closed, sample, sign, slow, width };
})();

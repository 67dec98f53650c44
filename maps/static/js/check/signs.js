/* The symbol of a finding: its severity by the shape of the plate, its kind by the sign on it.
   Colours are classes in check.css; on the canvas the same paths are drawn in the same tokens. */
"use strict";

mainbreak.signs = (() => {
  const { glyphs } = mainbreak;

  /** Octagon, triangle, circle; in a 28x28 box. */
  const plates = {
    error: "M9 2h10l7 7v10l-7 7H9l-7-7V9z",
    warning: "M14 1 28 26H0z",
    hint: "M14 3a11 11 0 1 1 0 22 11 11 0 1 1 0-22z",
  };

  /** One sign a kind, around (0, 0), within 7 units. */
  const marks = {
    no_source: "M0-6c3 3.6 4 5.4 4 7.4a4 4 0 0 1-8 0c0-2 1-3.8 4-7.4zM-6 6 6-6",
    duplicate_node: "M-1.5-3.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 1 0 0-7zM2-3.5a3.5 3.5 0 1 1 0 7",
    self_loop: "M-5 5h3a4.5 4.5 0 1 1 4 0h3",
    impossible_diameter: "M0-4.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9zM-5.5 5.5l11-11",
    zero_length: "M-1.5-5v10M1.5-5v10",
    premises_unconnected: "M-5 5v-5.5l5-5 5 5V5zM-2 1l4 3M2 1l-4 3",
    near_miss: "M-6 0h4M2 0h4M-2-2.5v5M2-2.5v5",
    dangling_end: "M-6-4H6M0-1v6.5",
    duplicate_pipe: "M-6-2.2H6M-6 2.2H6",
    duplicate_isolation_valve: "M-6-4v4l5-4v4zM1 1v4l5-4v4z",
    isolation_valve_off: "M-4-5v5l8-5v5zM-6 5H6",
    source_unjoined: "M-4.5-4.5h9v6h-9zM-4 5h1M0 5h.01M3 5h1",
    premises_far: "M-6 5V1l3-3 3 3v4zM3 5h.01M6 5h.01M3-4h3v3",
    out_of_scale: "M-6 2.5v-4M6 2.5v-4M-6 .5H6M-2-.8v2.6M2-.8v2.6",
    crossing_without_node: "M-5-5 5 5M5-5l-3.4 3.4M-1.6 1.6-5 5",
    length_mismatch: "M-6-3H6M-6 3h5M-6-5v4M6-5v4",
    dead_end: "M-6 0h8M3-4v8",
  };

  /** Where the sign sits on its plate: low in a triangle, and smaller. */
  const seats = { error: [14, 14, 1], warning: [14, 17, 0.78], hint: [14, 14, 1] };

  function sign(kind, severity, size = 28) {
    const [x, y, scale] = seats[severity];
    return `<svg class="g sign ${severity}" width="${size}" height="${size}" viewBox="0 0 28 28" aria-hidden="true">`
      + `<path class="plate" d="${plates[severity]}"/>${kind ? `<path class="mark" transform="translate(${x} ${y}) scale(${scale})" d="${marks[kind]}"/>` : ""}</svg>`;
  }

  const inks = { error: ["dan-s", "s1", "on-dan"], warning: ["war-s", "s1", "on-war"], hint: ["s1", "acc", "acc"] };

  /** Draw the symbol on a canvas around a spot; `size` is its width in px. */
  function draw(context, colour, { kind, severity }, spot, size) {
    const [fill, edge, ink] = inks[severity].map(colour), [x, y, scale] = seats[severity];
    context.save();
    context.translate(spot.x - size / 2, spot.y - size / 2);
    context.scale(size / 28, size / 28);
    const plate = new Path2D(plates[severity]);
    Object.assign(context, { fillStyle: fill, strokeStyle: edge, lineWidth: 2, lineJoin: "round", lineCap: "round" });
    context.fill(plate);
    context.stroke(plate);
    if (size >= 18) {
      context.translate(x, y);
      context.scale(scale, scale);
      Object.assign(context, { strokeStyle: ink, lineWidth: 1.8 });
      context.stroke(new Path2D(marks[kind]));
    }
    context.restore();
  }

  return { draw, node: (...given) => glyphs.node(sign(...given)) };
})();

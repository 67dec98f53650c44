/* Hydrants from zoom 16.5 on; those without water struck through. */
"use strict";

mainbreak.layers.hydrants = (data) => {
  const { Sheet, colour } = mainbreak.canvas;
  const { id, at } = data("hydrants"), spots = mainbreak.places(at);
  let all = [];

  function sift() {
    const out = new Set(data("outages").filter((one) => !mainbreak.facts.isGone(one)).flatMap((one) => one.hydrants));
    all = spots.map((place, row) => ({ place, out: out.has(id[row]) }));
  }

  function hydrant(context, spot, ink) {
    context.lineWidth = 1.3;
    context.strokeStyle = context.fillStyle = ink.line;
    context.beginPath();
    context.arc(spot.x, spot.y, 6, 0, 2 * Math.PI);
    context.fillStyle = ink.paper;
    context.fill();
    context.stroke();
    context.fillStyle = ink.line;
    context.fillText("H", spot.x, spot.y + 0.5);
    if (!ink.struck) return;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(spot.x - 6, spot.y + 6);
    context.lineTo(spot.x + 6, spot.y - 6);
    context.stroke();
  }

  const sheet = new Sheet("idle", (context, map) => {
    const zoom = map.getZoom(), seen = map.getBounds();
    if (zoom < 16.5) return;
    Object.assign(context, { font: "700 8px sans-serif", textAlign: "center", textBaseline: "middle" });
    const paper = colour("s1"), ink = colour("t1"), dry = colour("dry");
    for (const one of all) {
      if (!seen.contains(one.place)) continue;
      hydrant(context, map.latLngToContainerPoint(one.place), { line: one.out ? dry : ink, paper, struck: one.out });
    }
  });
  mainbreak.onParts(["outages"], () => { sift(); sheet.redraw(); });
  sift();
  return sheet;
};

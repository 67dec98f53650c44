/* Isolation valves that no plan turns: bow-ties along their pipe, from zoom 16.25 on, on one sheet. */
"use strict";

/** Push a symbol off its junction, along its pipe, so that four at one crossing stay apart. */
mainbreak.besideJunction = (away, distance) => {
  if (away === null) return [0, 0];
  const angle = (away * Math.PI) / 180;
  return [distance * Math.cos(angle), distance * Math.sin(angle)];
};

mainbreak.layers.isolation_valves = (data) => {
  const { Sheet, colour } = mainbreak.canvas;
  const { facts, isolationValves } = mainbreak;
  let idle = [];

  /** What no outage speaks of, as it stands now. */
  function sift() {
    const named = new Set(data("outages").filter((one) => !facts.isGone(one)).flatMap((one) =>
      [...isolationValves.turns(one).map((turn) => turn.id), ...one.optional, ...one.stuck]));
    idle = data("isolation_valves").filter(([id]) => !named.has(id))
      .map(([id, x, y, turn, away]) => ({ place: mainbreak.at(x, y), turn, away, state: isolationValves.state(id) }));
  }

  function wings(context) {
    context.beginPath();
    context.moveTo(-9, -5.5);
    context.lineTo(-9, 5.5);
    context.lineTo(9, -5.5);
    context.lineTo(9, 5.5);
    context.closePath();
  }

  function cross(context, ink) {
    context.strokeStyle = ink;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(-4.5, -6.5);
    context.lineTo(4.5, 6.5);
    context.moveTo(4.5, -6.5);
    context.lineTo(-4.5, 6.5);
    context.stroke();
  }

  function stem(context) {
    context.beginPath();
    context.moveTo(0, -7);
    context.lineTo(0, 7);
    context.stroke();
  }

  function bowtie(context, state, ink) {
    const bad = state === "inoperable";
    wings(context);
    context.fillStyle = state === "closed" ? ink.t1 : bad ? ink.danW : ink.s1;
    context.strokeStyle = bad ? ink.dan : ink.t1;
    context.lineWidth = bad ? 1.6 : 1.3;
    context.setLineDash(["unknown", "inaccessible"].includes(state) ? [2, 2] : []);
    context.fill();
    context.stroke();
    context.setLineDash([]);
    if (bad) cross(context, ink.dan);
    if (state === "closed") stem(context);
  }

  function sign(context, state, ink) {
    const text = { unknown: "?", inaccessible: "⊘" }[state];
    if (!text) return;
    Object.assign(context, { fillStyle: ink.t1, font: "700 11px sans-serif", textAlign: "center" });
    context.fillText(text, 0, -8);
  }

  const sheet = new Sheet("idle", (context, map) => {
    const zoom = map.getZoom(), size = zoom < 17 ? 0.6 : 1;
    if (zoom < 16.25) return;
    const ink = { t1: colour("t1"), s1: colour("s1"), dan: colour("dan"), danW: colour("dan-w") };
    const seen = map.getBounds().pad(0.02);
    for (const { place, turn, away, state } of idle) {
      if (!seen.contains(place)) continue;
      const spot = map.latLngToContainerPoint(place), [dx, dy] = mainbreak.besideJunction(away, 11 * size);
      context.save();
      context.translate(spot.x + dx, spot.y + dy);
      context.scale(size, size);
      context.save();
      context.rotate((turn * Math.PI) / 180);
      bowtie(context, state, ink);
      context.restore();
      sign(context, state, ink);
      context.restore();
    }
  });
  mainbreak.onParts(["outages", "day.valves"], () => { sift(); sheet.redraw(); });
  sift();
  return sheet;
};

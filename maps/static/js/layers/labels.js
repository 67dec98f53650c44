/* Street names on the streets: along them, upright where a Chinese name runs down the map, each at
   most once a screen, the widest streets first, none over another. */
"use strict";

mainbreak.streetLabels = (data) => {
  const { Sheet, colour } = mainbreak.canvas;
  const { areas, lines, names } = data("streets");
  const named = lines
    .filter(([, name]) => names[name])
    .map(([rank, name, line]) => ({ rank, text: names[name], line: mainbreak.places(line) }))
    .sort((a, b) => a.rank - b.rank || b.line.length - a.line.length);
  const grounds = areas
    .filter(([, name]) => name)
    .map(([kind, name, ring]) => ({ kind, text: name, line: mainbreak.places(ring) }));
  const chinese = /[\u4e00-\u9fff]/;
  const lowest = [13, 14, 14.75, 15.5, 16.5]; // from which zoom a rank has names
  const font = () => `12px ${getComputedStyle(document.body).fontFamily}`;

  /** The longest straight stretch on the screen: its middle, length and angle. */
  function stretch(map, line, size) {
    let best = null;
    const spots = line.map((place) => map.latLngToContainerPoint(place));
    for (let i = 1; i < spots.length; i += 1) {
      const part = L.LineUtil.clipSegment(spots[i - 1], spots[i], L.bounds([30, 30], [size.x - 30, size.y - 30]), false, true);
      if (!part) continue;
      const length = part[0].distanceTo(part[1]);
      if (!best || length > best.length) {
        const [a, b] = part[0].x <= part[1].x ? part : [part[1], part[0]];
        best = { length, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, angle: Math.atan2(b.y - a.y, b.x - a.x) };
      }
    }
    return best;
  }

  const free = (taken, box) => taken.every((other) =>
    box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]);

  function halo(context, text, x, y) {
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }

  /** Chinese that runs down: characters upright, one below the other. */
  function down(context, text, spot, taken) {
    const tall = text.length * 14, box = [spot.x - 9, spot.y - tall / 2 - 6, spot.x + 9, spot.y + tall / 2 + 6];
    if (spot.length < tall + 12 || !free(taken, box)) return false;
    taken.push(box);
    [...text].forEach((sign, row) => halo(context, sign, spot.x, spot.y + (row - (text.length - 1) / 2) * 14));
    return true;
  }

  function along(context, text, spot, taken) {
    const wide = context.measureText(text).width, cos = Math.abs(Math.cos(spot.angle)), sin = Math.abs(Math.sin(spot.angle));
    const half = [(wide * cos + 14 * sin) / 2 + 4, (wide * sin + 14 * cos) / 2 + 4];
    const box = [spot.x - half[0], spot.y - half[1], spot.x + half[0], spot.y + half[1]];
    if (spot.length < wide + 12 || !free(taken, box)) return false;
    taken.push(box);
    context.save();
    context.translate(spot.x, spot.y);
    context.rotate(spot.angle);
    halo(context, text, 0, 0);
    context.restore();
    return true;
  }

  function middle(map, line) {
    return map.latLngToContainerPoint(L.latLngBounds(line).getCenter());
  }

  return new Sheet("label", (context, map) => {
    const zoom = map.getZoom(), size = map.getSize(), taken = [], said = new Set();
    Object.assign(context, { font: font(), textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3 });
    context.fillStyle = colour("m-lab");
    context.strokeStyle = colour("m-st");
    for (const { rank, text, line } of named) {
      if (zoom < lowest[rank] || said.has(text)) continue;
      const spot = stretch(map, line, size);
      if (!spot) continue;
      const steep = Math.abs(spot.angle) > Math.PI / 3.2 && chinese.test(text);
      if ((steep ? down : along)(context, text, spot, taken)) said.add(text);
    }
    context.strokeStyle = colour("m-land");
    for (const { kind, text, line } of grounds) {
      if (zoom < (kind === "water" ? 14 : 15)) continue;
      const spot = middle(map, line);
      const flat = { x: spot.x, y: spot.y, angle: 0, length: Infinity };
      if (!said.has(text) && along(context, text, flat, taken)) said.add(text);
    }
  });
};

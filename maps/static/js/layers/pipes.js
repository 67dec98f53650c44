/* Pipes in three classes of teal: from DN400, from DN150, below. */
"use strict";

mainbreak.pipeClass = (dn) => (dn >= 400 ? 0 : dn >= 150 ? 1 : 2);

mainbreak.layers.pipes = (data) => {
  const { colour, on, scale, styled } = mainbreak.canvas;
  const { dn, line } = data("pipes");
  const looks = [["p-tr", 5], ["p-ma", 3], ["p-di", 1.75]];
  const groups = looks.map(() => []);
  line.forEach((course, row) => groups[mainbreak.pipeClass(dn[row])].push(mainbreak.places(course)));
  const lines = groups.map((shapes) => L.polyline(shapes, on("pipe")));

  return styled(L.layerGroup([...lines].reverse()), (zoom) => {
    lines.forEach((one, row) => {
      const [token, weight] = looks[row];
      one.setStyle({ color: colour(token), weight: Math.max(0.6 + 0.4 * (2 - row), weight * scale(zoom)) });
    });
  });
};

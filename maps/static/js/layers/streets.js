/* The base map: parks, water, and streets as a light road on a darker edge. */
"use strict";

mainbreak.layers.streets = (data) => {
  const { colour, on, styled } = mainbreak.canvas;
  const { areas, lines } = data("streets");
  const widths = [15, 13, 11, 8, 4]; // px at zoom 16, by rank
  const ground = areas.map(([kind, , ring]) =>
    ({ kind, shape: L.polygon(mainbreak.places(ring), on("ground", { stroke: false, fillOpacity: 1 })) }));

  const byRank = widths.map(() => []);
  for (const [rank, , line] of lines) byRank[rank].push(mainbreak.places(line));
  const roads = byRank.map((shapes) => ({
    edge: L.polyline(shapes, on("street-casing")), road: L.polyline(shapes, on("street")),
  }));

  const width = (rank, zoom) => Math.max(rank < 3 ? 1.6 : 0.7, widths[rank] * Math.min(2.4, 2 ** ((zoom - 16) * 0.75)));

  function restyle(zoom) {
    const street = colour("m-st"), edge = colour("m-case");
    for (const { kind, shape } of ground) shape.setStyle({ fillColor: colour(kind === "park" ? "m-park" : "m-riv") });
    roads.forEach((one, rank) => {
      const road = width(rank, zoom);
      one.edge.setStyle({ color: edge, weight: road + (zoom < 14 ? 1 : 2), opacity: zoom < 13 && rank > 2 ? 0 : 1 });
      one.road.setStyle({ color: street, weight: road });
    });
  }

  const shapes = [...ground.map((one) => one.shape), ...roads.map((one) => one.edge),
    ...roads.map((one) => one.road).reverse(), mainbreak.streetLabels(data)];
  return styled(L.layerGroup(shapes), restyle);
};

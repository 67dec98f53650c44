/* Premises that keep their water: rings, from zoom 17 on; critical ones as diamonds from 16 on. */
"use strict";

mainbreak.layers.premises = (data) => {
  const { colour, marks, on, ring, styled } = mainbreak.canvas;
  const { critical, wet } = data("premises");
  const rings = marks([mainbreak.places(wet)], on("premises", { mark: ring, size: 5, weight: 1.2 }));
  const diamonds = L.layerGroup(critical.map(([x, y]) => L.marker(mainbreak.at(x, y), {
    icon: L.divIcon({ className: "symbol", iconSize: [28, 28], html: mainbreak.glyphs.critical("") }),
    interactive: false, keyboard: false, pane: "symbol",
  })));
  const group = L.layerGroup();

  return styled(group, (zoom) => {
    const show = (layer, wanted) => (wanted ? group.addLayer(layer) : group.removeLayer(layer));
    show(rings, zoom >= 17);
    show(diamonds, zoom >= 16);
    rings.setStyle({ color: colour("p-ma") });
  });
};

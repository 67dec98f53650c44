/* Put the page together: the map, the layers that folium names, and what stands around the map. */
"use strict";

mainbreak.begin = () => {
  const { data, facts, layers, set } = mainbreak;
  const map = mainbreak.map("map"), shown = {};
  for (const { dataset } of document.querySelectorAll("template[data-layer]")) {
    shown[dataset.layer] = layers[dataset.layer](data);
    if (!shown[dataset.layer].waits) shown[dataset.layer].addTo(map);
  }
  mainbreak.startQueue();
  mainbreak.startPanel();
  mainbreak.startTimeline();
  mainbreak.startTools(map, shown);
  mainbreak.tags(map);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());

  /** `#E0007` opens that incident, `#day` the whole day, else the most urgent. */
  const asked = decodeURIComponent(window.location.hash.slice(1)), first = facts.sorted()[0] ?? -1;
  if (facts.rowOf(asked) >= 0 || (mainbreak.gonePanel && /^E\d+$/.test(asked))) set("incident", asked);
  else if (asked !== "day" && first >= 0 && facts.outageOf(first)) set("incident", facts.idOf(first));
  return map;
};

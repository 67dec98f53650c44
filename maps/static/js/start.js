/* Put the page together once folium has made the map and its layers. */
"use strict";

mainbreak.shown = {};
{
  const make = mainbreak.layer;
  mainbreak.startWords();
  mainbreak.startTheme();
  mainbreak.layer = (key) => (mainbreak.shown[key] = make(key));
}

mainbreak.start = (map) => {
  const { facts, set } = mainbreak;
  mainbreak.startBar();
  mainbreak.startQueue();
  mainbreak.startPanel();
  mainbreak.startTimeline();
  mainbreak.startTools(map, mainbreak.shown);
  mainbreak.startKeys();
  mainbreak.tags(map);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());

  /** `map.html#E0007` opens that incident, `map.html#day` the whole day, else the most urgent. */
  const asked = decodeURIComponent(window.location.hash.slice(1));
  const { incidents } = facts.facts().day;
  const first = facts.sorted()[0] ?? -1;
  const wanted = incidents.findIndex((one) => one.id === asked);
  if (wanted >= 0) set("incident", wanted);
  else if (asked !== "day" && first >= 0 && facts.outageOf(first)) set("incident", first);
  document.documentElement.dataset.ready = "";
};

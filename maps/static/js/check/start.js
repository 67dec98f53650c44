/* The findings of a network from disk: its tables are in the page. */
"use strict";

mainbreak.state.finding = -1;
mainbreak.startWords(mainbreak.data("check").language);
mainbreak.startTheme();
mainbreak.startSwitches();
{
  const map = mainbreak.map("map");
  mainbreak.startFindings();
  mainbreak.startCheckTools(map);
  for (const { dataset } of document.querySelectorAll("template[data-layer]")) mainbreak.layers[dataset.layer](mainbreak.data).addTo(map);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
}
document.documentElement.dataset.ready = "";

/* Criticality from disk: its tables are in the page. */
"use strict";

{
  const { at, critical, data, el, number, on, say, set } = mainbreak;
  const get = (id) => document.getElementById(id), { language, title } = data("page");
  mainbreak.startWords(language);
  mainbreak.startTheme();
  mainbreak.startSwitches();
  const map = mainbreak.map("map");
  mainbreak.criticalList(get("list"));
  mainbreak.step = mainbreak.criticalStep;

  function draw() {
    const { counts } = critical.table();
    get("title").textContent = [say("critical.title"), title].filter(Boolean).join(" · ");
    get("counts").replaceChildren(...critical.kinds.map((kind, row) => el("li", {}, el("b", {}, number(counts[row])), " ", say(`criticalCount.${kind}`))));
    get("legend").replaceChildren(...mainbreak.criticalLegend(), el("kbd", {}, "L"));
  }
  draw();
  on("redraw", draw);
  const { fit } = mainbreak.offlineTools(map, {
    bounds: () => L.latLngBounds(data("pipes").line.map(([x, y]) => at(x, y))),
    keys: { escape: () => set("critical", "") }, legendWord: "critical.classes", lines: [], remembers: "critical-legend",
  });
  fit();
  on("critical", () => {
    const now = critical.selected();
    if (now) map.fitBounds(critical.bounds(now), { animate: false, maxZoom: 17.25, paddingTopLeft: [36, 48], paddingBottomRight: [60, 48] });
  });
  for (const { dataset } of document.querySelectorAll("template[data-layer]")) mainbreak.layers[dataset.layer](data).addTo(map);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
}
document.documentElement.dataset.ready = "";

/* What floats over the map: zoom, layer switch, legend, scale, and the selected incident in a line. */
"use strict";

mainbreak.startTools = (map, shown) => {
  const { data, el, facts, glyphs, number, on, quiet, remember, remembered, say, state } = mainbreak;
  const get = (id) => document.getElementById(id);
  const names = ["pipes", "isolation_valves", "hydrants", "premises", "outages", "tickets", "crews", "streets"];

  for (const [id, glyph] of [["zoom-in", "in"], ["zoom-out", "out"], ["fit", "fit"], ["layers-open", "layers"], ["legend-open", "legend"]]) {
    get(id).append(glyphs.node(glyphs.tools[glyph]));
  }
  get("zoom-in").addEventListener("click", () => map.zoomIn(1));
  get("zoom-out").addEventListener("click", () => map.zoomOut(1));
  get("fit").addEventListener("click", () => mainbreak.fit());

  function toggle(id, open = get(id).hidden) {
    get(id).hidden = !open;
    get(`${id}-open`).setAttribute("aria-expanded", String(open));
    return open;
  }
  get("layers-open").addEventListener("click", () => toggle("layers"));
  mainbreak.toggleLegend = () => remember("legend", toggle("legend") ? "open" : "closed");
  get("legend-open").addEventListener("click", mainbreak.toggleLegend);
  map.getContainer().addEventListener("pointerdown", () => toggle("layers", false));

  function layers() {
    const row = (name) => {
      const box = el("input", { type: "checkbox", id: `layer-${name}` });
      box.checked = map.hasLayer(shown[name]);
      box.addEventListener("change", () => {
        (box.checked ? map.addLayer : map.removeLayer).call(map, shown[name]);
        map.fire("moveend");
      });
      return el("label", {}, box, say(`layer.${name}`));
    };
    get("layers").replaceChildren(get("layers").querySelector("legend"), ...names.map(row));
  }

  function legend() {
    const { samples } = glyphs;
    const item = (look) => (key, ...marks) => el("li", { class: look },
      el("span", { class: "sample-box" }, marks.map((mark) => glyphs.node(mark))), say(`legend.${key}`));
    const far = item("is-far"), near = item("is-near");
    get("legend").replaceChildren(el("h2", {}, say("legend.title"), el("kbd", {}, "L")), el("ul", {},
      far("trunk", samples.trunk), far("dry", samples.dry), far("crew", glyphs.crew(say("legend.crewSign"), 22)),
      far("main", samples.main), far("unintended", samples.unintended), far("route", samples.route),
      far("service", samples.service), far("burst", glyphs.burst(24)), far("ticket", glyphs.priority(2, 0.75), glyphs.priority(3, 0.75)),
      near("open", glyphs.bowtie("open")), near("probable", samples.probable), near("critical", glyphs.critical(true)),
      near("toClose", glyphs.bowtie("open"), glyphs.order("1")), near("closed", glyphs.bowtie("closed")), near("premises", squares()),
      near("optional", glyphs.order("o")), near("stuck", glyphs.bowtie("inoperable")), near("hydrant", glyphs.hydrant(false), glyphs.hydrant(true))));
  }

  const squares = () => '<svg class="g dots" width="32" height="12" aria-hidden="true"><circle class="wet" cx="6" cy="6" r="2.5"/><rect class="dry" x="16.5" y="2.5" width="7" height="7"/></svg>';

  /** A round length between 50 and 110 px wide. */
  function scale() {
    if (!map._loaded) return;
    const size = map.getSize(), y = size.y / 2;
    const metres = map.distance(map.containerPointToLatLng([0, y]), map.containerPointToLatLng([100, y]));
    const round = [1, 2, 5].flatMap((digit) => [1, 10, 100, 1e3, 1e4].map((power) => digit * power))
      .filter((length) => length <= metres * 1.1).reduce((a, b) => Math.max(a, b), 1);
    const wide = Math.round((round / metres) * 100);
    const bar = glyphs.node(`<svg width="${wide + 2}" height="8"><path class="ruler-line" d="M1 1v6h${wide}v-6"/></svg>`);
    const credit = data("streets").credit;
    get("scale").replaceChildren(...(credit ? [el("span", { class: "credit" }, credit)] : []),
      bar, round >= 1000 ? `${round / 1000} km` : `${round} m`);
  }

  function story() {
    const row = state.incident, outage = row < 0 ? null : facts.outageOf(row);
    get("story").hidden = !outage;
    if (!outage) return;
    const chip = (look, text) => el("span", { class: `chip ${look}` }, text);
    get("story").replaceChildren(el("b", {}, say("story.title")), el("span", { class: "count" }, say("story.close", { n: outage.close.length })),
      chip("is-dry", say("count.out", { n: number(outage.out) })),
      ...(outage.critical.length ? [chip("is-danger", say("story.critical", { n: outage.critical.length }))] : []),
      ...(outage.stuck.length ? [chip("is-danger", say("story.stuck", { n: outage.stuck.length }))] : []));
  }

  const everything = () => L.latLngBounds(data("pipes").line.map(([x, y]) => mainbreak.at(x, y)));

  function incidentBounds(row) {
    const outage = facts.outageOf(row), { line } = data("pipes");
    const bounds = L.latLngBounds([mainbreak.at(...facts.incident(row).xy)]);
    if (outage) for (const pipe of [...outage.burst, ...outage.segment, ...outage.unintended]) bounds.extend(mainbreak.places(line[pipe]));
    return bounds;
  }

  /** The legend explains what is drawn: far out no isolation valves, premises or hydrants. */
  const shorten = (far) => get("legend").classList.toggle("is-short", far);

  /** What the line above, the tools and the legend cover, px, where the map is large enough. */
  function margins() {
    shorten(state.incident < 0);
    const size = map.getSize(), legendTall = get("legend").hidden ? 0 : get("legend").offsetHeight;
    const low = size.y > 2.4 * legendTall ? legendTall : 0;
    const panel = get("panel").getBoundingClientRect(), right = map.getContainer().getBoundingClientRect().right;
    const drawer = panel.height && window.innerWidth >= 900 ? Math.max(0, right - panel.left) : 0;
    return { paddingTopLeft: [36, state.incident < 0 ? 16 : 60], paddingBottomRight: [60 + drawer, low + 24] };
  }

  /** Go to the selected incident, or to the whole network. */
  mainbreak.fit = () => {
    const row = state.incident, bounds = row < 0 ? everything() : incidentBounds(row);
    const options = { maxZoom: row < 0 ? 16 : 17.25, ...margins() };
    if (quiet.matches) map.fitBounds(bounds, { ...options, animate: false });
    else map.flyToBounds(bounds, { ...options, duration: 0.6 });
  };

  function draw() { layers(); legend(); scale(); story(); }
  if (remembered("legend") === "closed" || window.innerWidth < 1280) toggle("legend", false);
  map.on("moveend", () => {
    scale();
    shorten(map.getZoom() < 16 && state.incident < 0);
  });
  on("incident", () => { story(); mainbreak.fit(); });
  on("redraw", draw);
  draw();
  map.fitBounds(everything(), { ...margins(), animate: false });
};

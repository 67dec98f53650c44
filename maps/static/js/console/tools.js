/* What floats over the map: zoom, layer switch, scale, and the selected incident in a line. */
"use strict";

mainbreak.startTools = (map, shown) => {
  const { data, el, facts, glyphs, legend, number, on, onParts, quiet, remember, remembered, say } = mainbreak;
  const get = (id) => document.getElementById(id);
  const names = ["pipes", "isolation_valves", "hydrants", "premises", "outages", "suspects", "closures", "tickets", "crews", "streets", "criticality"].filter((name) => shown[name]);

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

  const chip = (look, text) => el("span", { class: `chip ${look}` }, text);

  /** What the isolation costs; while a proposal waits, what it costs more. */
  function costs(outage) {
    const { proposal } = outage, critical = outage.critical.length;
    if (proposal && proposal.more) {
      return [chip("is-dry", say("story.change", { from: number(outage.out), to: number(proposal.out) })),
        proposal.critical.length ? chip("is-danger", say("story.moreCritical", { n: proposal.critical.length })) : null];
    }
    return [chip("is-dry", facts.isDry(outage) || !data("day").live ? say("count.out", { n: number(outage.out) }) : say("story.willBeOut", { n: number(outage.out) })),
      critical ? chip("is-danger", say("story.critical", { n: critical })) : null,
      outage.stuck.length ? chip("is-danger", say("story.stuck", { n: outage.stuck.length })) : null];
  }

  function story() {
    const row = facts.selected(), outage = row < 0 ? null : facts.outageOf(row);
    get("story").hidden = !outage || facts.isGone(outage);
    if (get("story").hidden) return;
    const title = outage.proposal ? say("story.proposal") : say("story.title");
    get("story").replaceChildren(el("b", {}, title), el("span", { class: "count" }, say("story.close", { n: (outage.proposal || outage).close.length })),
      ...costs(outage).filter(Boolean));
  }

  const everything = () => L.latLngBounds(data("pipes").line.map(([x, y]) => mainbreak.at(x, y)));

  function incidentBounds(row) {
    const outage = facts.outageOf(row), { line } = data("pipes");
    const bounds = L.latLngBounds([mainbreak.at(...facts.incident(row).xy)]);
    if (outage) for (const pipe of [...outage.burst, ...outage.segment, ...outage.unintended, ...(outage.proposal ? outage.proposal.pipes : [])]) bounds.extend(mainbreak.places(line[pipe]));
    const suspected = mainbreak.suspectBounds && mainbreak.suspectBounds();
    return suspected && suspected.isValid() ? bounds.extend(suspected) : bounds;
  }

  /** The legend explains what is drawn: far out no isolation valves, premises or hydrants. */
  const shorten = (far) => get("legend").classList.toggle("is-short", far);

  /** What the line above, the tools and the legend cover, px, where the map is large enough. */
  function margins() {
    shorten(facts.selected() < 0);
    const size = map.getSize(), legendTall = get("legend").hidden ? 0 : get("legend").offsetHeight;
    const low = size.y > 2.4 * legendTall ? legendTall : 0;
    const panel = get("panel").getBoundingClientRect(), right = map.getContainer().getBoundingClientRect().right;
    const drawer = panel.height && window.innerWidth >= 900 ? Math.max(0, right - panel.left) : 0;
    const card = get("criticality"), wide = card && size.x > 2 * card.offsetWidth ? card.offsetWidth : 0;
    return { paddingTopLeft: [36, facts.selected() < 0 ? 16 : 60], paddingBottomRight: [60 + drawer + wide, low + 24] };
  }

  /** Go to the selected incident, or to the whole network. */
  mainbreak.fit = () => {
    const row = facts.selected(), bounds = row < 0 ? everything() : incidentBounds(row);
    const options = { maxZoom: row < 0 ? 16 : 17.25, ...margins() };
    if (quiet.matches) map.fitBounds(bounds, { ...options, animate: false });
    else map.flyToBounds(bounds, { ...options, duration: 0.6 });
  };

  function draw() { layers(); legend(); scale(); story(); }
  if (remembered("legend") === "closed" || window.innerWidth < 1280) toggle("legend", false);
  map.on("moveend", () => {
    scale();
    shorten(map.getZoom() < 16 && facts.selected() < 0);
  });
  on("incident", () => { story(); mainbreak.fit(); });
  on("redraw", draw);
  onParts(["outages", "day.incidents"], story);
  draw();
  map.fitBounds(everything(), { ...margins(), animate: false });
};

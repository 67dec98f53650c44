/* Criticality on the console: asked for when its layer is switched on, shown in a card beside the map. */
"use strict";

mainbreak.startCriticality = (map) => {
  const { critical, el, glyphs, live, on, onParts, put, quiet, say, set, state } = mainbreak;
  const card = el("section", { id: "criticality", class: "float criticality", hidden: true });
  const head = el("div"), list = el("div", { class: "critical-list", id: "critical-list" });
  const layer = () => document.getElementById("layer-criticality");
  let shown = false, folded = false, asking = 0;

  card.append(head, list);
  document.getElementById("stage").append(card);
  mainbreak.criticalList(list);

  async function ask() {
    const mine = (asking += 1);
    try {
      const criticality = await live.api("GET", "/api/console/criticality");
      if (mine === asking) put({ criticality });
    } catch (error) {
      mainbreak.toast(live.explain(error));
      if (!critical.table() && layer().checked) layer().click();
    }
  }

  function fold(now = !folded) {
    folded = now;
    list.hidden = folded;
    draw();
  }

  function draw() {
    card.setAttribute("aria-label", say("critical.title"));
    const word = say(folded ? "critical.unfold" : "critical.fold");
    const toggle = el("button", { type: "button", class: "button is-link is-small", "aria-expanded": String(!folded), "aria-controls": "critical-list", onclick: () => fold() }, word, el("kbd", {}, "V"));
    const close = el("button", { type: "button", class: "quiet", "aria-label": say("critical.close"), title: say("critical.close"), onclick: () => layer().click() }, glyphs.node(glyphs.tools.close));
    head.replaceChildren(el("div", { class: "critical-head" }, el("h2", {}, say("critical.title")), toggle, close), ...(critical.table() ? mainbreak.criticalLegend() : []));
  }

  function fly() {
    const now = critical.selected();
    if (!now || !shown) return;
    const free = map.getSize().x > 640 && !folded ? card.offsetWidth + 68 : 60;
    const options = { maxZoom: 17.25, paddingTopLeft: [36, 48], paddingBottomRight: [free, 48] };
    if (quiet.matches) map.fitBounds(critical.bounds(now), { ...options, animate: false });
    else map.flyToBounds(critical.bounds(now), { ...options, duration: 0.6 });
  }

  /** `V` belongs to the list while the map or the list has the focus. */
  mainbreak.listKey = () => {
    const here = shown && document.getElementById("stage").contains(document.activeElement);
    if (here) fold();
    return here;
  };

  on("criticality", (now) => {
    shown = now;
    card.hidden = !now;
    if (now) ask();
    else set("critical", "");
    if (!state.incident) mainbreak.fit();
  });
  on("critical", fly);
  on("redraw", draw);
  onParts(["criticality"], draw);
  onParts(["day.valves"], () => shown && ask());
  draw();
};

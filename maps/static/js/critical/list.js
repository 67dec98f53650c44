/* Criticality as two lists, worst first: what bursts cost, what stuck isolation valves cost; and the legend. */
"use strict";

mainbreak.criticalList = (box) => {
  const { announce, critical, el, glyphs, number, on, onParts, say, set, state } = mainbreak;
  const looks = ["c1", "c2", "c3", "c4"];
  let shown = "segments";

  const sample = (look) => glyphs.node(`<svg class="g class ${look}" width="28" height="12" viewBox="0 0 28 12" aria-hidden="true"><path d="M0 6h28"/></svg>`);

  mainbreak.criticalLegend = () => [el("p", { class: "small" }, say("critical.classes")),
    el("ul", { class: "classes" }, critical.classWords().map((words, row) => el("li", {}, sample(looks[row]), words)))];

  const lines = {
    segments: (one) => [critical.sentence("segments", one), say("critical.effort", { close: one.close, length: number(one.length), risk: number(one.risk) }), critical.site(one)],
    valves: (one) => [critical.sentence("valves", one)],
  };
  const name = { segments: (one) => [critical.road(one.pipe), critical.pipe(one.pipe)].filter(Boolean).join(" · "), valves: (one) => [one.id, critical.road(one.pipe)].filter(Boolean).join(" · ") };
  const amount = { segments: (one) => number(one.out), valves: (one) => `+${number(one.more)}` };

  function row(kind, one, rank) {
    const key = critical.key(kind, rank), [first, ...rest] = lines[kind](one).filter(Boolean);
    return el("li", {}, el("button", { type: "button", class: "critical-row", "data-key": key, "aria-current": String(state.critical === key), onclick: () => set("critical", key) },
      el("span", { class: "rank" }, rank + 1), el("b", {}, name[kind](one)), el("span", { class: "amount" }, amount[kind](one)),
      el("span", { class: "cost" }, first), rest.map((text) => el("span", { class: "small" }, text))));
  }

  function tab(kind, n) {
    return el("button", { type: "button", role: "tab", class: "tab", "data-key": `tab ${kind}`, "aria-selected": String(shown === kind), onclick: () => { shown = kind; draw(); } },
      say(`critical.${kind}`), " ", el("span", { class: "count" }, number(n)));
  }

  function draw() {
    if (!critical.table()) {
      box.replaceChildren(el("p", { class: "empty" }, say("critical.asking")));
      return;
    }
    const focused = box.contains(document.activeElement) && document.activeElement.dataset.key, { counts } = critical.table(), some = critical.table()[shown];
    const all = counts[critical.kinds.indexOf(shown)];
    const list = el("ul", { class: "critical-rows", "data-key": shown }, some.length ? some.map((one, rank) => row(shown, one, rank)) : el("li", { class: "empty" }, say("critical.none")));
    const top = box.querySelector(".critical-rows")?.dataset.key === shown ? box.querySelector(".critical-rows").scrollTop : 0;
    box.replaceChildren(el("div", { class: "tabs", role: "tablist", "aria-label": say("critical.title") }, critical.kinds.map((kind, place) => tab(kind, counts[place]))), list,
      el("p", { class: "small critical-note" }, all > some.length ? say("critical.first", { n: number(some.length), all: number(all) }) : "", " ", say("critical.risk")));
    list.scrollTop = top;
    const again = focused && box.querySelector(`[data-key="${CSS.escape(focused)}"]`);
    if (again) again.focus();
  }

  /** A symbol chosen on the map is brought into sight in the list. */
  function select() {
    const now = critical.selected();
    if (now && now.kind !== shown) shown = now.kind;
    draw();
    const node = now && box.querySelector(`[data-key="${CSS.escape(state.critical)}"]`);
    if (node) node.scrollIntoView({ block: "nearest" });
    if (now) announce(`${name[now.kind](now.one)} ${critical.sentence(now.kind, now.one)}`);
  }

  /** Go down or up the list. */
  mainbreak.criticalStep = (by) => {
    const now = critical.selected(), here = now && now.kind === shown ? now.rank : -1, last = critical.table()[shown].length - 1;
    if (last >= 0) set("critical", critical.key(shown, Math.min(last, Math.max(0, here + by))));
  };

  on("critical", select);
  on("redraw", draw);
  onParts(["criticality"], draw);
  draw();
};

/* Single keys, while no field has the focus; `?` lists them. */
"use strict";

mainbreak.startKeys = (more = { keys: {}, lines: [] }) => {
  const { announce, el, facts, on, say, set, state, step } = mainbreak;
  const dialog = document.getElementById("keys");
  const keys = {
    j: () => step(1), k: () => step(-1), f: () => mainbreak.fit(), l: () => mainbreak.toggleLegend(),
    "?": () => dialog.showModal(), 0: () => set("filter", 0), ...more.keys,
  };
  for (const p of [1, 2, 3, 4]) keys[p] = () => set("filter", state.filter === p ? 0 : p);
  const lines = [["J K", "keys.step"], ["1 – 4", "keys.filter"], ["F", "keys.fit"], ["+ −", "keys.zoom"],
    ...(more.lines.length ? more.lines : [["L", "keys.legend"]]), ["F6", "keys.region"], ["Esc", "keys.back"], ["?", "keys.help"]];
  const regions = ["incidents", "map", "panel", "timeline-scroll"];

  function draw() {
    const pair = ([key, word]) => [el("dt", {}, key.split(" ").map((one) => (one === "–" ? "–" : el("kbd", {}, one)))), el("dd", {}, say(word))];
    dialog.replaceChildren(el("h2", { id: "keys-title" }, say("keys.title")), el("dl", {}, lines.flatMap(pair)),
      el("button", { type: "button", class: "button is-primary", onclick: () => dialog.close() }, say("keys.done")));
  }

  function back() {
    if (dialog.open) return;
    const layers = document.getElementById("layers");
    if (!layers.hidden) document.getElementById("layers-open").click();
    else if (state.filter) set("filter", 0);
    else set("incident", "");
  }

  const typing = (node) => node.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");

  function nextRegion(by) {
    const here = regions.findIndex((id) => document.getElementById(id).contains(document.activeElement));
    document.getElementById(regions[(here + by + regions.length) % regions.length]).focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") || typing(event.target)) return;
    if (event.key === "Escape") { back(); return; }
    if (event.key === "F6") { event.preventDefault(); nextRegion(event.shiftKey ? -1 : 1); return; }
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.getElementById("help").addEventListener("click", () => dialog.showModal());
  on("incident", (_, row = facts.selected()) => announce(row < 0 ? say(facts.facts().day.live ? "day.now" : "day.title") : `P${facts.incident(row).p} ${facts.title(row)}`));
  on("redraw", draw);
  draw();
};

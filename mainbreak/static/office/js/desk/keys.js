/* Keys of the desk: single letters only while no field has the focus; `?` lists them. */
"use strict";

mainbreak.startKeys = ({ actions, form, lists }) => {
  const { call, el, on, say } = mainbreak;
  const get = (id) => document.getElementById(id);
  const dialog = get("keys"), regions = ["lists", "caller", "side"];
  const lines = [["/", "keys.find"], ["Enter", "keys.enter"], ["N", "keys.make"], ["Q", "keys.enquire"], ["S", "keys.stillOut"], ["1 – 9", "keys.choose"],
    ["Ctrl Enter", "keys.save"], ["B", "keys.lists"], ["Esc", "keys.next"], ["Ctrl Z", "keys.undo"], ["F6", "keys.region"], ["?", "keys.help"]];
  const find = () => { get("asked").focus(); get("asked").select(); };
  const keys = {
    "/": find, n: () => (actions.make() === undefined && form.open()), q: actions.enquire, s: actions.stillOut, b: lists.focus,
    "?": () => dialog.showModal(),
  };

  const isField = (node) => node.matches?.("input, select, textarea");
  const press = (row) => document.querySelectorAll(".column > :not([hidden]) .choice")[row - 1]?.click();

  function nextRegion(by) {
    const here = regions.findIndex((id) => get(id).contains(document.activeElement));
    const there = get(regions[(here + by + regions.length) % regions.length]);
    (there.querySelector("[aria-selected=true], #asked, #map") || there).focus();
  }

  function draw() {
    const pair = ([key, word]) => [el("dt", {}, key.split(" ").map((one) => (one === "–" ? "–" : el("kbd", {}, one)))), el("dd", {}, say(word))];
    dialog.replaceChildren(el("h2", { id: "keys-title" }, say("keys.title")), el("dl", {}, lines.flatMap(pair)),
      el("button", { type: "button", class: "button is-primary", onclick: () => dialog.close() }, say("button.close")));
  }

  document.addEventListener("keydown", (event) => {
    if (dialog.open || event.altKey || event.metaKey || event.isComposing) return;
    const { key, target } = event;
    if (event.ctrlKey) {
      if (key === "Enter") { event.preventDefault(); form.save(); }
      if (key === "z" && !target.value) document.querySelector(".toast button")?.click();
      return;
    }
    if (key === "F6") { event.preventDefault(); nextRegion(event.shiftKey ? -1 : 1); return; }
    if (key === "Escape") { event.preventDefault(); call.begin(); return; }
    if (isField(target)) return;
    if (/^[1-9]$/.test(key)) { press(Number(key)); return; }
    const act = keys[key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  get("help").addEventListener("click", () => dialog.showModal());
  on("redraw", draw);
  draw();
};

/* All outages as a table: area, state, until when with source and age. */
"use strict";

mainbreak.startTable = () => {
  const { el, icons, number, office, on, say, sentence } = mainbreak;
  const get = (id) => document.getElementById(id);
  /** Chip, icon and words of each state the public sees. */
  const states = {
    announced: ["is-soon", "will_be_off", "state.announced"],
    predicted: ["is-soon", "will_be_off", "state.predicted"],
    in_effect: ["is-dry", "no_water", "state.in_effect"],
    partly_restored: ["is-dry", "partly_restored", "state.partly_restored"],
    restored: ["is-ok", "restored", "state.restored"],
  };
  /** What the time of a row is, where rows stand alone; the others say when water is back. */
  const heads = { announced: "table.window", restored: "table.when" };
  let items = null, asOf = null, stale = false;

  const text = (words) => (words && typeof words === "object" ? sentence(words) : words);

  function back(one) {
    if (one.state === "restored") return el("b", {}, one.restored_at ? say("time.restored", { time: office.clock(one.restored_at) }) : say("state.restored"));
    const etr = office.etr(one.etr);
    if (one.planned && !etr.passed) return [el("b", {}, one.state === "announced" ? say("time.window", office.span(one.planned.starts_at, one.planned.ends_at)) : etr.time), el("span", { class: "below" }, say("time.asAnnounced"))];
    return [el("b", {}, etr.time), el("span", { class: `below ${etr.old ? "is-old" : ""}` }, etr.source)];
  }

  const chip = ([look, sign, key]) => el("span", { class: `chip ${look}` }, icons.icon(sign, 16), say(key));

  function row(one) {
    const since = one.since && say("time.since", { time: office.clock(one.since) });
    const about = [text(one.cause), since, say("table.homes", { n: number(one.premises_count) })].filter(Boolean).join(" · ");
    return el("tr", {},
      el("th", { scope: "row" }, el("b", {}, sentence(one.area)), el("span", { class: "below" }, about)),
      el("td", {}, chip(states[one.state])),
      el("td", { "data-head": say(heads[one.state] || "table.back") }, back(one)));
  }

  function table() {
    const head = ["table.area", "table.state", "table.when"].map((key) => el("th", { scope: "col" }, say(key)));
    return el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, items.map(row)));
  }

  function draw() {
    if (!items) return;
    const none = () => [el("p", { class: "none" }, el("b", {}, say("table.empty")), " ", say("table.emptyNote"))];
    get("all").replaceChildren(...(items.length ? [table()] : none()));
    const time = office.clock(asOf);
    get("as-of").textContent = stale ? say("public.stale", { time }) : say("public.asOf", { time });
    get("as-of").classList.toggle("is-old", stale);
  }

  on("redraw", draw);
  window.setInterval(draw, 30000);
  return {
    show(found) { [items, asOf, stale] = [found.items, found.as_of, false]; draw(); },
    fail() { if (items) { stale = true; draw(); } },
  };
};

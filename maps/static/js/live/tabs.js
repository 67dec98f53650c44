/* The queue's tabs: incidents with the tickets that lack a place, all tickets, conflicts. */
"use strict";

(() => {
  const { chip, clock, data, el, facts, glyphs, number, on, onParts, say, set, state } = mainbreak;
  const get = (id) => document.getElementById(id);
  const tabs = ["incidents", "tickets", "conflicts", "planned", "closures"], always = ["incidents", "tickets"], most = 200;
  let shown = "incidents";

  const counts = () => ({
    incidents: facts.sorted().length, tickets: open().length + data("day").unlocated.length, conflicts: data("day").conflicts.length,
    planned: data("planned").length, closures: mainbreak.closures.all().filter((one) => mainbreak.closures.stage(one) !== "over").length,
  });

  /** Tickets of incidents that are not over, the last first. */
  function open() {
    const { day } = facts.facts(), of = new Map();
    facts.sorted().forEach((row) => facts.incident(row).tickets.forEach((ticket) => of.set(ticket, row)));
    return [...of].map(([ticket, row]) => ({ ...day.tickets[ticket], row })).sort((a, b) => b.at - a.at);
  }

  function heads() {
    const n = counts(), focused = get("tabs").contains(document.activeElement);
    get("tabs").replaceChildren(...tabs.map((name) => el("button", {
      type: "button", role: "tab", id: `tab-${name}`, class: "tab", "aria-selected": String(shown === name), "aria-controls": `view-${name}`,
      tabindex: shown === name ? "0" : "-1", onclick: () => show(name),
    }, say(`tab.${name}`), " ", el("span", { class: (name === "conflicts" && n[name]) || (name === "closures" && mainbreak.closures.all().some((one) => one.waits)) ? "count is-open" : "count" }, n[name] || always.includes(name) ? number(n[name]) : ""))));
    if (focused) get(`tab-${shown}`).focus();
  }

  function show(name) {
    shown = name;
    for (const one of tabs) get(`view-${one}`).hidden = one !== name;
    draw();
  }

  const words = (one) => (one.text ? say("ticket.words", { text: one.text }) : say(`symptom.${one.symptom}`));
  const source = (one) => [one.id, say(`channel.${one.channel}`), clock(one.at)].join(" · ");

  function line(one, run, right, below, chosen = false) {
    return el("li", { class: "row", "aria-selected": String(chosen) }, glyphs.node(glyphs.priority(one.p)),
      el("button", { type: "button", class: "row-main", "data-key": one.id, onclick: run },
        el("span", { class: "row-line" }, el("b", { class: "row-title", title: words(one) }, words(one)), right),
        el("span", { class: "row-line" }, el("span", { class: "row-meta" }, source(one)), below)));
  }

  function unplaced(one) {
    const due = chip({ step: "respond", from: one.at, due: one.respond, met: null }, facts.now());
    return line(one, () => set("ticket", one.id), due, el("span", { class: "chip is-unplaced" }, say("ticket.unplaced")), state.ticket === one.id);
  }

  function waiting() {
    const all = [...data("day").unlocated].sort((a, b) => (b.p === 1) - (a.p === 1) || a.at - b.at);
    const head = el("div", { class: "group" }, el("b", {}, say("queue.unplaced")), el("span", { class: "count" }, number(all.length)), el("span", { class: "keys" }, say("queue.firstCome")));
    return all.length ? [head, el("ul", {}, all.map(unplaced))] : [];
  }

  function placed(one) {
    const right = el("span", { class: "count" }, facts.idOf(one.row));
    return line(one, () => set("incident", facts.idOf(one.row)), right, el("span", { class: `chip ticket-${one.state}` }, say(`ticketState.${one.state}`)));
  }

  function tickets() {
    const all = open(), none = !all.length && !data("day").unlocated.length;
    return [...waiting(), el("div", { class: "group" }, say("ticket.placed"), el("span", { class: "keys" }, say("ticket.lastFirst"))),
      el("ul", {}, none ? el("li", { class: "empty" }, say("queue.empty")) : all.slice(0, most).map(placed))];
  }

  /** Replace what stands in a view, keeping its scroll and the focused row. */
  function fill(node, children) {
    const key = node.contains(document.activeElement) && document.activeElement.dataset.key, top = node.scrollTop;
    node.replaceChildren(...children);
    node.scrollTop = top;
    const again = key && node.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (again) again.focus();
  }

  function draw() {
    heads();
    fill(get("unplaced"), waiting());
    if (shown === "tickets") fill(get("view-tickets"), tickets());
    if (shown === "conflicts") fill(get("view-conflicts"), mainbreak.conflictCards());
    if (shown === "planned") fill(get("view-planned"), mainbreak.plannedView());
    if (shown === "closures") fill(get("view-closures"), mainbreak.closuresView());
  }

  function arrows(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    show(tabs[(tabs.indexOf(shown) + by + tabs.length) % tabs.length]);
    get(`tab-${shown}`).focus();
  }

  mainbreak.showTab = show;
  mainbreak.startTabs = () => {
    get("tabs").addEventListener("keydown", arrows);
    onParts(["day.incidents", "day.tickets", "day.unlocated", "day.conflicts", "day.visits", "day.orders", "planned", "closures"], draw);
    on("redraw", draw);
    on("ticket", draw);
    on("planned", draw);
    on("closure", draw);
    on("closures", draw);
    on("slow", () => !get("queue").matches(":hover, :focus-within") && draw());
    draw();
  };
})();

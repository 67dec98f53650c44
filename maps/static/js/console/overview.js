/* The right-hand panel: the selected incident, or the whole day while none is. */
"use strict";

(() => {
  const { clock, clockChips, data, el, facts, figure, glyphs, number, on, onParts, say, sentence, set, state } = mainbreak;

  function figures() {
    const { day } = facts.facts();
    if (day.live) return liveFigures();
    const late = facts.sorted().filter((row) => facts.onSite(row).state === "late").length;
    return el("div", { class: "figures" }, figure(number(day.out), say("day.out"), "is-dry"),
      figure(`${day.visits.length}/${day.orders.length}`, say("day.assigned")), figure(late, say("day.late"), late ? "is-late" : ""));
  }

  function liveFigures() {
    const { day } = facts.facts(), rows = facts.sorted();
    const late = rows.filter((row) => facts.nextDue(row) < facts.now()).length;
    const free = day.crews.filter((crew) => mainbreak.crews.look(crew) === "free").length;
    return el("div", { class: "figures" }, figure(number(day.out), say("outage.premisesOut"), "is-dry"),
      figure(late, say("day.overdue"), late ? "is-late" : ""), figure(`${free}/${day.crews.filter(mainbreak.crews.onShift).length}`, say("day.free")));
  }

  /** What the plan costs beside the simple plan, in hours of its own measure. */
  function costs() {
    const { cost, greedy } = data("day");
    const terms = Object.keys(cost);
    if (!terms.length) return null;
    const hours = (value) => (value / 3600).toLocaleString(state.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const name = (term) => data("words")[state.language][`cost.${term}`] || term.replaceAll("_", " ");
    const row = (term) => {
      const here = cost[term], there = greedy[term];
      const gain = there === undefined ? 0 : Math.round((here - there) / 360) / 10;
      return el("tr", { class: term === "total" ? "is-total" : "" }, el("th", { scope: "row" }, name(term)),
        el("td", {}, there === undefined ? "" : hours(there)), el("td", {}, hours(here)),
        el("td", { class: gain < 0 ? "is-better" : gain > 0 ? "is-worse" : "" }, there === undefined ? "" : `${gain < 0 ? "−" : gain > 0 ? "+" : ""}${hours(Math.abs(gain) * 3600)}`));
    };
    const heads = ["cost.term", "cost.simple", "cost.plan", "cost.gain"].map((key) => el("th", { scope: "col" }, say(key)));
    return el("section", { class: "part" }, el("h3", {}, say("cost.title"), " ", el("span", { class: "count" }, say("cost.unit"))),
      el("table", {}, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, terms.map(row))));
  }

  function leftOver() {
    const { day } = facts.facts();
    if (!day.unassigned.length) return null;
    const item = (one) => {
      const order = day.orders[one.order];
      return el("li", { class: "visit" }, glyphs.node(glyphs.priority(order.p, 0.85)),
        el("div", {}, el("button", { type: "button", class: "inline", onclick: () => (mainbreak.openCard ? mainbreak.openCard(`visit ${order.id}`) : set("incident", facts.idOf(order.incident))) },
          order.incident < 0 ? order.id : facts.title(order.incident)),
        el("span", { class: "count" }, ` ${say(`kind.${order.kind}`)} · ${say(`blocked.${one.reason}`)}`),
        el("p", { class: "reason" }, sentence(one.detail))));
    };
    return el("section", { class: "part" }, el("h3", {}, say("day.unassigned"), " ", el("span", { class: "count" }, number(day.unassigned.length))),
      el("ul", { class: "visits" }, day.unassigned.map(item)));
  }

  function notes() {
    const { day } = facts.facts(), texts = [...(day.notes || [])];
    if (day.straight) texts.unshift(say("note.straight"));
    if (day.rejected) texts.push(say("note.rejected", { n: number(day.rejected) }));
    if (!texts.length) return null;
    return el("section", { class: "part" }, el("h3", {}, say("day.notes")), texts.map((text) => el("p", { class: "note" }, text)));
  }

  function outageList() {
    const rows = facts.sorted().filter((row) => facts.outageOf(row) && !facts.isGone(facts.outageOf(row)));
    if (!rows.length) return null;
    const item = (row) => {
      const outage = facts.outageOf(row), back = facts.restored(row);
      return el("li", {}, el("button", { type: "button", class: `dry-card ${facts.isDry(outage) ? "is-now" : ""}`, onclick: () => set("incident", facts.idOf(row)) },
        el("b", {}, facts.where(row) || facts.incident(row).id), el("span", {}, say("count.out", { n: number(outage.out) })),
        el("span", { class: "back" }, back === null ? "" : say("day.back", { time: clock(back) }))));
    };
    return el("section", { class: "part" }, el("h3", {}, say("day.outages"), " ", el("span", { class: "count" }, data("day").live ? number(rows.length) : say("outage.predicted"))),
      el("ul", { class: "cards" }, rows.map(item)));
  }

  function made() {
    const { day } = facts.facts();
    if (day.live && day.planned === null) return say("day.unplanned");
    if (day.live) return say("day.madeAt", { time: clock(day.planned) });
    return say("day.made", { engine: day.engine || "–", seed: day.seed });
  }

  function overview() {
    const { day } = facts.facts(), title = say(day.live ? "day.now" : "day.title");
    const head = el("header", { class: "panel-head" }, el("div", { class: "panel-title" }, el("h2", {}, title), el("span", { class: "count" }, day.date || "")),
      el("p", { class: "small" }, made()));
    return [head, el("section", { class: "part" }, figures()), notes(), outageList(), costs(), leftOver()].filter(Boolean);
  }

  const panel = () => document.getElementById("panel");
  let shown = "";

  /** Draw anew; `stay` keeps what the reader had: the scroll, the open details, the focused button. */
  function draw(stay = false) {
    const row = facts.selected(), top = panel().scrollTop, kept = held();
    const asked = (state.ticket && mainbreak.ticketPanel && mainbreak.ticketPanel()) || (mainbreak.cardPanel && mainbreak.cardPanel());
    const gone = row < 0 && state.incident && mainbreak.gonePanel && mainbreak.gonePanel();
    panel().replaceChildren(...(asked || gone || (row < 0 ? overview() : mainbreak.incidentPanel(row))));
    panel().scrollTop = stay ? top : 0;
    if (stay) restore(kept);
    if (kept.inside && !panel().contains(document.activeElement)) (panel().querySelector("[data-key='card title']") || panel()).focus({ preventScroll: true });
    document.body.classList.toggle("has-incident", row >= 0 || Boolean(asked || gone));
  }

  function held() {
    const focus = document.activeElement, inside = panel().contains(focus);
    return { open: [...panel().querySelectorAll("details[open][id]")].map((one) => one.id), focus: inside && focus.dataset.key, inside };
  }

  function restore({ open, focus }) {
    for (const id of open) if (document.getElementById(id)) document.getElementById(id).open = true;
    const node = focus && panel().querySelector(`[data-key="${CSS.escape(focus)}"]`);
    if (node) node.focus();
  }

  /** Put the focus on what is to be pressed next in the panel, if it is there. */
  mainbreak.focusIn = (selector) => (panel().querySelector(selector) || document.getElementById("queue").querySelector(selector))?.focus();

  function tick() {
    const clocks = document.getElementById("panel-clocks"), row = facts.selected();
    if (clocks && row >= 0) clocks.replaceChildren(...clockChips(row));
  }

  mainbreak.startPanel = () => {
    on("incident", () => draw());
    on("redraw", () => draw(true));
    on("editor", () => draw(true));
    on("card", () => { draw(state.card === shown); shown = state.card; });
    on("story", () => draw(true));
    on("tick", tick);
    onParts(["outages", "day.incidents", "day.tickets", "day.orders", "day.visits", "day.unassigned", "day.log", "day.head", "day.crews", "day.version"], () => (mainbreak.cardStands && mainbreak.cardStands()) || draw(true));
    draw();
  };
})();

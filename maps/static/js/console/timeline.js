/* Each crew's day: the drive as a line with a start dot, the visit as a bar, when it was due. */
"use strict";

(() => {
  const { clock, el, facts, glyphs, on, say, set, state } = mainbreak;
  const hour = 115; // px
  let from = 0, to = 0;

  /** Whole hours that hold every shift and visit. */
  function range() {
    const { day } = facts.facts();
    const times = [day.now, ...day.crews.flatMap((crew) => crew.shift), ...day.visits.flatMap((visit) => [visit.depart, visit.end])];
    from = Math.floor((Math.min(...times) - 1200) / 3600) * 3600;
    to = Math.ceil((Math.max(...times) + 600) / 3600) * 3600;
  }

  const px = (seconds) => ((seconds - from) / 3600) * hour;

  function place(element, start, end) {
    element.style.left = `${px(start)}px`;
    if (end !== undefined) element.style.width = `${Math.max(3, px(end) - px(start))}px`;
    return element;
  }

  function ruler() {
    const marks = [];
    for (let time = from; time < to; time += 3600) marks.push(place(el("span", { class: "tick" }, clock(time)), time));
    const { day } = facts.facts();
    return el("div", { class: "ruler" }, el("div", { class: "crew-name" }), el("div", { class: "lane" }, marks,
      place(el("b", { class: "now-flag" }, clock(day.now)), day.now)));
  }

  function bar(visit) {
    const order = facts.orderOf(visit), row = order.incident;
    const label = `${say(`kind.${order.kind}`)} ${row < 0 ? order.id : facts.incident(row).id}`;
    const detail = [label, row < 0 ? "" : facts.title(row), `${clock(visit.start)}–${clock(visit.end)}`].filter(Boolean).join(" · ");
    const late = order.due !== null && visit.eta > order.due;
    const look = `visit-bar kind-${order.kind} ${order.p === 1 ? "is-p1" : ""} ${late ? "is-late" : ""} ${row === state.incident ? "is-selected" : ""}`;
    const button = el("button", { type: "button", class: look, title: detail, "aria-label": detail, "data-incident": row, onclick: () => row >= 0 && set("incident", row) },
      glyphs.node(glyphs.kinds[order.kind]), el("span", {}, label));
    const found = [place(el("i", { class: "drive" }), visit.depart, visit.eta), place(button, visit.start, visit.end)];
    if (visit.start > visit.eta) found.push(place(el("i", { class: "wait" }), visit.eta, visit.start));
    if (order.due !== null && order.due >= from && order.due <= to) {
      const minor = order.p > 2 && !late;
      found.push(place(el("i", { class: `due-mark ${minor ? "is-minor" : ""}`, "data-incident": row, title: say("timeline.due", { id: order.id, time: clock(order.due) }) }), order.due));
    }
    return found;
  }

  function line(crew, row, visits) {
    const off = [place(el("i", { class: "off" }), from, crew.shift[0]), place(el("i", { class: "off" }), crew.shift[1], to)];
    const name = el("div", { class: "crew-name" }, el("b", {}, crew.name), el("span", {}, say("crew.people", { n: crew.size })));
    name.title = `${crew.name} · ${crew.skills.map((skill) => say(`skill.${skill}`)).join(" · ")}`;
    return el("div", { class: "line" }, name, el("div", { class: "lane" }, off, visits.filter((visit) => visit.crew === row).flatMap(bar)));
  }

  const rowOf = (crew) => document.querySelectorAll("#timeline-scroll .line")[crew];

  function key() {
    const item = (look, word, inner) => el("li", {}, el("i", { class: look }, inner), say(word));
    const kind = (name) => item("kind-key", `kind.${name}`, glyphs.node(glyphs.kinds[name]));
    document.getElementById("timeline-key").replaceChildren(
      kind("isolate"), kind("repair"), kind("inspect"), kind("meter"),
      item("drive-key", "timeline.drive"), item("due-mark", "timeline.dueKey"), item("off-key", "timeline.off"));
  }

  function draw() {
    const { day } = facts.facts();
    range();
    document.getElementById("timeline-count").textContent =
      say("timeline.count", { from: clock(from), to: clock(to), n: day.crews.length });
    const now = el("div", { class: "now-line" }), etr = el("div", { class: "etr-line", hidden: true }, el("b", {}));
    const body = el("div", { class: "timeline-body" }, ruler(), day.crews.map((crew, row) => line(crew, row, day.visits)), now, etr);
    body.style.width = `${128 + px(to)}px`;
    now.style.left = `${128 + px(day.now)}px`;
    document.getElementById("timeline-scroll").replaceChildren(body);
    key();
    select();
  }

  /** Mark the selected incident's bars, bring the first into view, show when supply is back. */
  function select() {
    const row = state.incident, scroll = document.getElementById("timeline-scroll");
    for (const node of scroll.querySelectorAll(".visit-bar, .due-mark")) {
      node.classList.toggle("is-selected", Number(node.dataset.incident) === row);
    }
    const back = row < 0 ? null : facts.restored(row), line = scroll.querySelector(".etr-line");
    line.hidden = back === null || !facts.outageOf(row);
    if (!line.hidden) {
      line.style.left = `${128 + px(back)}px`;
      line.firstChild.textContent = say("timeline.etr");
    }
    const first = row < 0 ? null : facts.visitsOf(row)[0];
    if (!first) return;
    const lane = rowOf(first.crew);
    scroll.scrollTo({ left: Math.max(0, px(first.depart) - 60), top: Math.max(0, lane.offsetTop - 20) });
  }

  mainbreak.startTimeline = () => {
    on("incident", select);
    on("redraw", draw);
    draw();
  };
})();

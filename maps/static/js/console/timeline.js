/* Each crew's day: the drive as a line with a start dot, the visit as a bar, when it was due. On a live
   page a bar tells how far the visit is: done, going on, accepted, assigned. */
"use strict";

(() => {
  const { clock, crews, el, facts, glyphs, on, onParts, say, set } = mainbreak;
  const hour = 115, ahead = 7 * 3600, behind = 2 * 3600; // px; s
  const looks = { field_complete: "done", on_site: "going", paused: "going", en_route: "accepted", accepted: "accepted", assigned: "assigned" };
  let from = 0, to = 0;

  const scroller = () => document.getElementById("timeline-scroll");

  /** When a visit takes place: planned, until it is known. */
  function span(visit) {
    const start = visit.arrived ?? visit.start, end = visit.ended ?? Math.max(visit.end, visit.arrived != null ? facts.now() : 0);
    return { depart: Math.min(visit.depart, start), eta: visit.arrived ?? visit.eta, start, end: Math.max(start, end) };
  }

  const drawn = () => facts.facts().day.visits.filter((visit) => !visit.state || looks[visit.state]);

  /** Whole hours: on a planned day all shifts and visits, on a live page what is near. */
  function range() {
    const { day } = facts.facts(), now = facts.now();
    const times = [now, ...day.crews.flatMap((crew) => crew.shift), ...drawn().flatMap((visit) => [visit.depart, visit.end])];
    const near = day.live ? times.filter((time) => Math.abs(time - now) < 14 * 3600) : times;
    const bounds = day.live ? [...near, now - behind, now + ahead] : near;
    from = Math.floor((Math.min(...bounds) - 1200) / 3600) * 3600;
    to = Math.ceil((Math.max(...bounds) + 600) / 3600) * 3600;
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
    return el("div", { class: "ruler" }, el("div", { class: "crew-name" }), el("div", { class: "lane" }, marks,
      place(el("b", { class: "now-flag" }, clock(facts.now())), facts.now())));
  }

  function label(visit) {
    const order = facts.orderOf(visit), row = order ? order.incident : -1;
    const done = visit.state === "field_complete" ? " ✓" : "";
    return `${say(`kind.${order.kind}`)} ${row < 0 ? order.id : facts.incident(row).id}${done}`;
  }

  function look(visit, late) {
    const order = facts.orderOf(visit), told = visit.state ? `is-${looks[visit.state]}` : `kind-${order.kind}`;
    const chosen = order.incident >= 0 && order.incident === facts.selected();
    return ["visit-bar", told, visit.pinned && "is-pinned", order.p === 1 && "is-p1", late && "is-late", chosen && "is-selected"].filter(Boolean).join(" ");
  }

  function bar(visit) {
    const order = facts.orderOf(visit), row = order.incident, when = span(visit), text = label(visit);
    const late = order.due !== null && when.eta > order.due;
    const detail = [text, row < 0 ? "" : facts.title(row), visit.state && say(`visitState.${visit.state}`), `${clock(when.start)}–${clock(when.end)}`].filter(Boolean).join(" · ");
    const button = el("button", { type: "button", class: look(visit, late), title: detail, "aria-label": detail, "data-incident": row, "data-key": `bar ${visit.id || order.id}`,
      onclick: () => row >= 0 && set("incident", facts.idOf(row)) }, glyphs.node(glyphs.kinds[order.kind]), el("span", {}, text));
    const found = [place(el("i", { class: "drive" }), when.depart, when.eta), place(button, when.start, when.end)];
    if (when.start > when.eta) found.push(place(el("i", { class: "wait" }), when.eta, when.start));
    if (order.due !== null && order.due >= from && order.due <= to && visit.arrived == null) {
      const minor = order.p > 2 && !late;
      found.push(place(el("i", { class: `due-mark ${minor ? "is-minor" : ""}`, "data-incident": row, title: say("timeline.due", { id: order.id, time: clock(order.due) }) }), order.due));
    }
    return found;
  }

  function name(crew) {
    const { live } = facts.facts().day, stale = live && crews.isStale(crew);
    const detail = !live ? say("crew.people", { n: crew.size })
      : stale ? say("crew.staleFor", { n: Math.round(crews.age(crew) / 60) }) : `${crews.word(crew)} ${say("crew.people", { n: crew.size })}`;
    const node = el("div", { class: `crew-name ${stale ? "is-stale" : ""}` }, el("b", {}, crew.name), el("span", {}, detail));
    node.title = `${crew.name} · ${crew.skills.map((skill) => say(`skill.${skill}`)).join(" · ")}`;
    return node;
  }

  function line(crew, row, visits) {
    const [start, end] = crew.shift;
    const off = [start > from && place(el("i", { class: "off" }), from, Math.min(start, to)), end < to && place(el("i", { class: "off" }), Math.max(end, from), to)].filter(Boolean);
    return el("div", { class: "line", "data-crew": crew.id }, name(crew),
      el("div", { class: "lane" }, off, visits.filter((visit) => visit.crew === row && visit.order >= 0).flatMap(bar)));
  }

  const rowOf = (crew) => scroller().querySelector(`.line[data-crew="${CSS.escape(crew.id)}"]`);

  /** Crews of the selected incident first, then those on shift, in the order they are listed. */
  function ordered() {
    const { day } = facts.facts(), rows = day.crews.map((_, row) => row);
    if (!day.live) return rows;
    const chosen = facts.selected(), mine = new Set(chosen < 0 ? [] : facts.visitsOf(chosen).map((visit) => visit.crew));
    const rank = (row) => (mine.has(row) ? 0 : crews.onShift(day.crews[row]) ? 1 : 2);
    return rows.sort((a, b) => rank(a) - rank(b) || a - b);
  }

  function key() {
    const item = (css, word, inner) => el("li", {}, el("i", { class: css }, inner), say(word));
    const kind = (one) => item("kind-key", `kind.${one}`, glyphs.node(glyphs.kinds[one]));
    const state_ = (one, word) => item(`bar-key is-${one}`, word);
    const { live } = facts.facts().day;
    document.getElementById("timeline-key").replaceChildren(
      ...(live ? [state_("done", "timeline.done"), state_("going", "timeline.going"), state_("accepted", "timeline.accepted"), state_("assigned", "timeline.assigned")]
        : [kind("isolate"), kind("repair"), kind("inspect"), kind("meter")]),
      item("drive-key", "timeline.drive"), item("due-mark", "timeline.dueKey"), item("off-key", "timeline.off"), ...(live ? [today()] : []));
  }

  const today = () => el("li", {}, el("button", { type: "button", class: "link", onclick: toNow }, say("timeline.now"), " ", el("kbd", {}, "T")));

  const toNow = () => scroller().scrollTo({ left: Math.max(0, px(facts.now()) - 230) });

  function draw(stay = false) {
    const { day } = facts.facts(), before = { left: scroller().scrollLeft, top: scroller().scrollTop, from };
    const focus = stay && scroller().contains(document.activeElement) ? document.activeElement.dataset.key : null;
    range();
    document.getElementById("timeline-count").textContent = say("timeline.count", { from: clock(from), to: clock(to), n: day.crews.length });
    const now = el("div", { class: "now-line" }), etr = el("div", { class: "etr-line", hidden: true }, el("b", {}));
    const visits = drawn();
    const body = el("div", { class: "timeline-body" }, ruler(), ordered().map((row) => line(day.crews[row], row, visits)), now, etr);
    body.style.width = `${128 + px(to)}px`;
    scroller().replaceChildren(body);
    moveNow();
    key();
    mark();
    if (stay) scroller().scrollTo({ left: before.left + px(before.from), top: before.top });
    const node = focus && scroller().querySelector(`[data-key="${CSS.escape(focus)}"]`);
    if (node) node.focus();
  }

  function moveNow() {
    const now = facts.now(), flag = scroller().querySelector(".now-flag"), line_ = scroller().querySelector(".now-line");
    if (!flag) return;
    line_.style.left = `${128 + px(now)}px`;
    place(flag, now).textContent = clock(now);
  }

  /** Mark the selected incident's bars and when its supply is back. */
  function mark() {
    const row = facts.selected();
    for (const node of scroller().querySelectorAll(".visit-bar, .due-mark")) {
      node.classList.toggle("is-selected", row >= 0 && Number(node.dataset.incident) === row);
    }
    const back = row < 0 ? null : facts.restored(row), line_ = scroller().querySelector(".etr-line");
    line_.hidden = back === null || !facts.outageOf(row) || facts.isGone(facts.outageOf(row));
    if (line_.hidden) return;
    line_.style.left = `${128 + px(back)}px`;
    line_.firstChild.textContent = say("timeline.etr");
    line_.classList.toggle("is-near", Math.abs(px(back) - px(facts.now())) < 60);
  }

  /** Bring the selected incident's crews to the top and its first visit into view. */
  function select() {
    if (facts.facts().day.live) draw(true);
    else mark();
    const row = facts.selected(), first = row < 0 ? null : facts.visitsOf(row)[0];
    if (!first || first.crew < 0) return;
    if (facts.facts().day.live) {
      scroller().scrollTop = 0; // its crews stand first; the hours stay around now
      return;
    }
    const lane = rowOf(facts.crewOf(first));
    scroller().scrollTo({ left: Math.max(0, px(span(first).depart) - 60), top: Math.max(0, lane.offsetTop - 20) });
  }

  mainbreak.timelineNow = toNow;
  mainbreak.startTimeline = () => {
    on("incident", select);
    on("redraw", () => draw(true));
    on("tick", moveNow);
    on("minute", () => draw(true));
    onParts(["day.crews", "day.visits", "day.orders", "day.incidents", "day.outages", "outages"], () => draw(true));
    draw();
    if (facts.facts().day.live) toNow();
  };
})();

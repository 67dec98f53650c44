/* The crews' day: a line for each crew, its name with what holds it, its lane of drives and visits. */
"use strict";

(() => {
  const { clock, crews, el, facts, glyphs, hours, lane, on, onParts, say } = mainbreak;
  const { bounds, place, px } = hours;

  const scroller = () => document.getElementById("timeline-scroll");

  function ruler() {
    const marks = [];
    for (let time = bounds.from; time < bounds.to; time += 3600) marks.push(place(el("span", { class: "tick" }, clock(time)), time));
    return el("div", { class: "ruler" }, el("div", { class: "crew-name" }), el("div", { class: "lane" }, marks,
      place(el("b", { class: "now-flag" }, clock(facts.now())), facts.now())));
  }

  /** What a dispatcher said about the crew, and that it is kept free: a shape and a word each. */
  function holds(crew) {
    const said = (crew.holds || []).filter((one) => one.since <= facts.now()).map((one) => [glyphs.tools[one.kind === "away" ? "away" : "lock"], say(`hold.${one.kind}`), one.kind]);
    return crew.reserve ? [...said, [glyphs.tools.reserve, say("hold.reserve"), "reserve"]] : said;
  }

  /** The first of them in words, the others by their shape; where none holds it, what it does. */
  function told(crew) {
    const { live } = facts.facts().day, held = live ? holds(crew) : [];
    if (held.length) return held.map(([sign, word, kind], row) => el("span", { class: `hold is-${kind}` }, glyphs.node(sign), row ? null : word));
    if (!live) return [el("span", {}, say("crew.people", { n: crew.size }))];
    if (crews.isStale(crew)) return [el("span", {}, say("crew.staleFor", { n: Math.round(crews.age(crew) / 60) }))];
    return [el("span", {}, `${crews.word(crew)} ${say("crew.people", { n: crew.size })}`)];
  }

  function name(crew) {
    const { live } = facts.facts().day, stale = live && crews.isStale(crew), inner = [el("b", {}, crew.name), ...told(crew)];
    const title = [crew.name, ...(live ? [crews.word(crew), ...holds(crew).map(([, word]) => word)] : []), say("crew.people", { n: crew.size }), ...crew.skills.map((skill) => say(`skill.${skill}`))].join(" · ");
    const head = { class: `crew-name ${stale ? "is-stale" : ""}`, title };
    if (!mainbreak.openCard) return el("div", head, inner);
    return el("div", head, el("button", { type: "button", tabindex: "-1", "data-key": `crew-row ${crew.id}`, "aria-label": title, onclick: () => mainbreak.openCard(`crew ${crew.id}`) }, inner));
  }

  const line = (crew, row, visits) => el("div", { class: "line", "data-crew": crew.id }, name(crew),
    el("div", { class: "lane" }, lane.nodes(crew, visits.filter((visit) => visit.crew === row && visit.order >= 0))));

  const rowOf = (crew) => scroller().querySelector(`.line[data-crew="${CSS.escape(crew.id)}"]`);

  /** Crews of the selected incident first, then those on shift, in the order they are listed. */
  function ordered() {
    const { day } = facts.facts(), rows = day.crews.map((_, row) => row);
    if (!day.live) return rows;
    const chosen = facts.selected(), mine = new Set(chosen < 0 ? [] : facts.visitsOf(chosen).map((visit) => visit.crew));
    const rank = (row) => (mine.has(row) ? 0 : crews.onShift(day.crews[row]) ? 1 : 2);
    return (mainbreak.wantedCrews ? mainbreak.wantedCrews(rows) : rows).sort((a, b) => rank(a) - rank(b) || a - b);
  }

  function key() {
    const item = (css, word, inner) => el("li", {}, el("i", { class: css }, inner), say(word)), sign = (glyph, word) => item("kind-key", word, glyphs.node(glyph));
    const { live } = facts.facts().day, { kinds, tools } = glyphs;
    const first = live ? ["done", "going", "accepted", "assigned"].map((one) => item(`bar-key is-${one}`, `timeline.${one}`)) : ["isolate", "repair", "inspect", "meter"].map((one) => sign(kinds[one], `kind.${one}`));
    const more = live ? [sign(tools.fixed, "visit.pinned"), sign(tools.divert, "visit.diverted"), sign(tools.crate, "timeline.pickupKey"), sign(tools.rest, "timeline.rest"), sign(tools.home, "timeline.home"), item("over-key", "timeline.overtimeKey"),
      sign(tools.lock, "hold.locked"), sign(tools.away, "hold.away"), sign(tools.reserve, "hold.reserve")] : [];
    document.getElementById("timeline-key").replaceChildren(...first, item("drive-key", "timeline.drive"), item("due-mark", "timeline.dueKey"), item("off-key", "timeline.off"), ...more);
  }

  const toNow = () => scroller().scrollTo({ left: Math.max(0, px(facts.now()) - 230) });

  function count(shown) {
    const { day } = facts.facts(), n = day.crews.length, values = { from: clock(bounds.from), to: clock(bounds.to), n, shown };
    document.getElementById("timeline-count").textContent = !day.live ? say("timeline.count", values) : say(shown < n ? "timeline.someCrews" : "timeline.crews", values);
  }

  function draw(stay = false) {
    const { day } = facts.facts(), before = { left: scroller().scrollLeft, top: scroller().scrollTop, from: bounds.from };
    const focus = stay && scroller().contains(document.activeElement) ? document.activeElement.dataset.key : null;
    hours.span();
    const now = el("div", { class: "now-line" }), etr = el("div", { class: "etr-line", hidden: true }, el("b", {}));
    const visits = hours.drawn(), rows = ordered();
    const none = rows.length ? null : el("p", { class: "empty" }, say("timeline.none"));
    const body = el("div", { class: "timeline-body" }, ruler(), rows.map((row) => line(day.crews[row], row, visits)), none, now, etr);
    body.style.width = `${128 + px(bounds.to)}px`;
    scroller().replaceChildren(body);
    count(rows.length);
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
    const node = rowOf(facts.crewOf(first));
    scroller().scrollTo({ left: Math.max(0, px(lane.times(first).depart) - 60), top: Math.max(0, node.offsetTop - 20) });
  }

  const nodesOf = (line) => [...line.querySelectorAll("button")];

  /** The node of another line that lies nearest to where this one begins. */
  function nearest(line, from) {
    const left = (node) => node.getBoundingClientRect().left, nodes = nodesOf(line);
    if (from.closest(".crew-name")) return nodes[0];
    return nodes.reduce((a, b) => (Math.abs(left(b) - left(from)) < Math.abs(left(a) - left(from)) ? b : a), nodes[0]);
  }

  /** One further along the line; from the name on to what is not done yet. */
  function beside(row, from, by) {
    const open = by > 0 && from.closest(".crew-name") && row.find((node) => node.matches(".visit-bar:not(.is-done)"));
    return open || row[Math.min(row.length - 1, Math.max(0, row.indexOf(from) + by))];
  }

  /** The arrows go from visit to visit and from crew to crew: one stop for Tab, however many crews there are. */
  function arrows(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key], lines = [...scroller().querySelectorAll(".line")].filter((one) => nodesOf(one).length);
    if (!by || event.altKey || event.ctrlKey || event.metaKey || !lines.length) return;
    event.preventDefault();
    const here = event.target.closest(".line"), at = lines.indexOf(here), across = ["ArrowLeft", "ArrowRight"].includes(event.key);
    const next = !here ? nodesOf(lines[0])[0] : across ? beside(nodesOf(here), event.target, by) : nearest(lines[Math.min(lines.length - 1, Math.max(0, at + by))], event.target);
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  mainbreak.timelineNow = toNow;
  mainbreak.startTimeline = () => {
    scroller().addEventListener("keydown", arrows);
    on("incident", select);
    on("redraw", () => draw(true));
    on("crews", () => draw(true));
    on("tick", moveNow);
    on("minute", () => draw(true));
    onParts(["day.crews", "day.visits", "day.orders", "day.incidents", "day.outages", "outages"], () => draw(true));
    draw();
    if (facts.facts().day.live) toNow();
  };
})();

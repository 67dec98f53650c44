/* The selected incident, in the order of the work: tickets, location, isolation, outage, crews. */
"use strict";

mainbreak.incidentPanel = (row) => {
  const { clock, clockChip, data, el, facts, glyphs, number, say, sentence, set, span, stateChip } = mainbreak;
  const one = facts.incident(row), outage = facts.outageOf(row), { day, pipes } = facts.facts();
  const isolationValves = new Map(data("isolation_valves").map((valve) => [valve[0], valve]));

  const section = (key, detail, ...children) => el("section", { class: "part" },
    el("h3", {}, say(`part.${key}`), " ", el("span", { class: "count" }, detail)), ...children);

  function head() {
    const close = el("button", { type: "button", class: "quiet close", title: say("panel.close"), "aria-label": say("panel.close"), onclick: () => set("incident", -1) },
      glyphs.node(glyphs.tools.close));
    return el("header", { class: "panel-head" },
      el("div", { class: "panel-title" }, glyphs.node(glyphs.priority(one.p)),
        el("h2", {}, facts.title(row)), el("span", { class: "count" }, one.id), close),
      el("div", { class: "chips" }, stateChip(row), clockChip(row)), steps());
  }

  /** Done steps are full, planned ones outlined, blocked ones red. */
  function steps() {
    const planned = facts.visitsOf(row).length > 0, left = facts.leftOverOf(row).length > 0;
    const found = [["tickets", "done"], ["location", one.pipe < 0 ? "blocked" : "done"]];
    if (outage) found.push(["isolation", "planned"], ["outage", "planned"]);
    found.push(["crews", left ? "blocked" : planned ? "planned" : "none"]);
    const sign = { done: "✓", blocked: "!", planned: "", none: "" };
    return el("ol", { class: "steps" }, found.map(([key, look]) =>
      el("li", { class: `is-${look}` }, `${sign[look]} ${say(`part.${key}`)}`.trim())));
  }

  function tickets() {
    const all = one.tickets.map((ticket) => day.tickets[ticket]);
    const item = (ticket) => el("li", {}, el("span", { class: "when" }, clock(ticket.at)), " ",
      el("span", { class: "words" }, ticket.text ? say("ticket.words", { text: ticket.text }) : say(`symptom.${ticket.symptom}`)));
    const rest = all.length > 3 && el("details", {}, el("summary", {}, say("ticket.more", { n: all.length - 3 })),
      el("ul", { class: "calls" }, all.slice(3).map(item)));
    return section("tickets", number(all.length), spark(all), el("ul", { class: "calls" }, all.slice(0, 3).map(item)), rest);
  }

  /** When the calls came: twelve bars from the first to the last. */
  function spark(all) {
    if (all.length < 4) return null;
    const times = all.map((ticket) => ticket.at), first = Math.min(...times), whole = Math.max(...times) - first || 1;
    const counts = Array(12).fill(0);
    for (const time of times) counts[Math.min(11, Math.floor(((time - first) / whole) * 12))] += 1;
    const most = Math.max(...counts);
    const bars = counts.map((count, bar) => {
      const tall = count ? 2 + (12 * count) / most : 1;
      return `<rect x="${bar * 5.5}" y="${14 - tall}" width="4" height="${tall}"/>`;
    });
    return glyphs.node(`<svg class="spark" width="66" height="14" aria-hidden="true">${bars.join("")}</svg>`);
  }

  function location() {
    if (one.pipe < 0) return section("location", say("location.none"));
    const row_ = one.pipe, material = pipes.materials[pipes.material[row_]];
    const what = [pipes.id[row_], `DN${pipes.dn[row_]} ${material}`.trim(), pipes.year[row_] || ""].filter(Boolean);
    const best = one.tickets.map((ticket) => day.tickets[ticket]).reduce((a, b) => (b.sure > a.sure ? b : a), { sure: 0 });
    const bar = el("div", { class: "sure-bar", role: "img", "aria-label": `${best.sure}%` }, el("i", {}));
    bar.firstChild.style.width = `${best.sure}%`;
    return section("location", what.join(" · "), el("b", { class: "sure" }, `${best.sure}%`), bar,
      best.found && el("p", { class: "small" }, say(`found.${best.found}`)));
  }

  /** Which pipe an isolation valve sits on, as a crew looks for it. */
  function under(valve) {
    if (!valve || valve[6] < 0) return "";
    return `${pipes.roads[pipes.road[valve[6]]]} DN${pipes.dn[valve[6]]}`.trim();
  }

  function turn(id, sign, word) {
    const valve = isolationValves.get(id), state = valve ? valve[5] : "open";
    const look = sign ? state : "inoperable";
    return el("li", { class: `turn ${sign === "o" ? "is-optional" : ""} ${sign ? "" : "is-stuck"}` },
      sign ? glyphs.node(glyphs.order(sign)) : el("span", { class: "no-order" }, "✕"),
      glyphs.node(glyphs.bowtie(look)), el("b", {}, id), el("span", { class: "count" }, under(valve)), el("span", {}, word));
  }

  function isolation() {
    if (!outage) return null;
    const warnings = outage.warnings.map((warning) => el("p", { class: "alert" }, glyphs.node(glyphs.tools.warning), sentence(warning)));
    const close = outage.close.map((id, place) => turn(id, String(place + 1), say("isolation.toClose")));
    const optional = outage.optional.map((id) => turn(id, "o", say("isolation.optional")));
    const stuck = outage.stuck.map((id) => turn(id, "", say("isolation.stuck")));
    const again = outage.resupply.length > 0 && el("p", { class: "small" }, say("isolation.resupply", { ids: outage.resupply.join(", ") }));
    return section("isolation", say("isolation.order", { n: outage.close.length }), ...warnings,
      el("ol", { class: "turns" }, close, optional, stuck), again);
  }

  const figure = (value, label, look = "") => el("div", { class: `figure ${look}` }, el("b", {}, value), el("span", {}, label));

  function supply() {
    if (!outage) return null;
    const back = facts.restored(row), beyond = outage.out - outage.inSegment;
    const more = [];
    if (outage.unintended.length) more.push(say("outage.unintended", { pipes: outage.unintended.length, n: number(beyond) }));
    if (outage.hydrants.length) more.push(say("outage.hydrants", { n: outage.hydrants.length }));
    if (outage.dryBefore.length) more.push(say("outage.dryBefore", { n: outage.dryBefore.length }));
    const critical = counted(outage.critical.map(([, , kind]) => say(`premises.${kind}`)));
    if (critical) more.unshift(say("outage.critical", { list: critical }));
    return section("outage", say(`outage.${outage.state}`),
      el("div", { class: "figures" }, figure(number(outage.out), say("outage.premises"), "is-dry"),
        figure(outage.critical.length, say("outage.criticalCount")),
        figure(back === null ? "–" : clock(back), say("outage.etr", { now: clock(day.now) }))),
      el("ul", { class: "small" }, more.map((text) => el("li", {}, text))));
  }

  function counted(words) {
    const counts = new Map();
    for (const word of words) counts.set(word, (counts.get(word) || 0) + 1);
    return [...counts].map(([word, count]) => (count > 1 ? `${word} ×${count}` : word)).join(" · ");
  }

  function visit(one_) {
    const order = facts.orderOf(one_), crew = facts.crewOf(one_);
    const late = order.due !== null && one_.eta > order.due ? one_.eta - order.due : 0;
    return el("li", { class: "visit" }, glyphs.node(glyphs.crew(facts.shortNames()[one_.crew], 24)),
      el("div", {}, el("div", { class: "row-line" },
        el("span", {}, el("b", {}, `${crew.name} ${say(`kind.${order.kind}`)}`), " · ", say("visit.eta", { time: clock(one_.eta) })),
        el("span", { class: late ? "is-late-text" : "count" }, late ? say("sla.over", { span: span(late) }) : say("visit.km", { km: (one_.metres / 1000).toFixed(1) }))),
      el("div", { class: "small" }, say("visit.work", { start: clock(one_.start), end: clock(one_.end), id: order.id })),
      el("p", { class: "reason" }, say("visit.reason", { text: sentence(one_.reason) }))));
  }

  const leftOver = (open) => el("li", { class: "visit" }, el("span", { class: "no-crew" }, "?"),
    el("div", {}, el("b", {}, `${say(`kind.${day.orders[open.order].kind}`)} · ${say(`blocked.${open.reason}`)}`),
      el("p", { class: "reason" }, sentence(open.detail))));

  function crews() {
    const visits = facts.visitsOf(row), open = facts.leftOverOf(row);
    return section("crews", say("crews.count", { n: visits.length, all: visits.length + open.length }),
      el("ul", { class: "visits" }, visits.map(visit), open.map(leftOver)));
  }

  return [head(), tickets(), location(), isolation(), supply(), crews()].filter(Boolean);
};

/* Of an incident: who goes, when they arrive or arrived, and why; what nobody has been given. */
"use strict";

mainbreak.parts.crews = (row) => {
  const { ago, clock, crews, el, facts, glyphs, part, say, sentence, span } = mainbreak;
  const { day } = facts.facts(), visits = facts.visitsOf(row), open = facts.leftOverOf(row);
  const short = crews.shortNames();

  /** Where the crew is with it: planned arrival, then what happened. */
  function arrival(visit) {
    if (visit.arrived != null) return say("visit.arrived", { time: clock(visit.arrived) });
    if (visit.seen != null) return say("visit.seen", { time: clock(visit.seen) });
    if (!visit.range) return say("visit.eta", { time: clock(visit.eta) });
    const [likely, latest] = [clock(visit.range.p50), clock(visit.range.p90)];
    return say("visit.eta", { time: likely === latest ? likely : say("eta.span", { likely, latest }) });
  }

  /** What the arrival rests on, and how old that is. */
  function rests({ range }) {
    return range && el("div", { class: "small" }, say(`etaSource.${range.source}`), " · ", ago(facts.now() - range.at));
  }

  function lateness(visit, order) {
    const at = facts.etaOf(visit), late = order.due !== null && at > order.due ? at - order.due : 0;
    if (late) return el("span", { class: "is-late-text" }, say("sla.over", { span: span(late) }));
    return el("span", { class: "count" }, visit.metres ? say("visit.km", { km: (visit.metres / 1000).toFixed(1) }) : "");
  }

  function chips(visit) {
    if (!day.live) return null;
    return el("span", { class: `chip visit-${visit.state}` }, say(`visitState.${visit.state}`));
  }

  function visitItem(visit) {
    const order = facts.orderOf(visit), crew = facts.crewOf(visit), done = visit.ended != null;
    const times = { start: clock(visit.arrived ?? visit.start), end: clock(visit.ended ?? visit.end), id: order.id };
    const words = `${crew ? crew.name : "?"} ${say(`kind.${order.kind}`)}`, open = mainbreak.openCard && (() => mainbreak.openCard(`visit ${order.id}`));
    const name = open ? el("button", { type: "button", class: "inline", "data-key": `visit ${order.id}`, onclick: open }, words) : el("b", {}, words);
    return el("li", { class: `visit ${done ? "is-done" : ""}` }, glyphs.node(glyphs.crew(crew ? short[visit.crew] : "?", 24)),
      el("div", {}, el("div", { class: "row-line" },
        el("span", {}, name, " · ", arrival(visit)), lateness(visit, order)),
      visit.arrived == null && visit.seen == null && rests(visit),
      el("div", { class: "row-line" }, el("span", { class: "small" }, say("visit.work", times), visit.pinned ? ` · ${say("visit.pinned")}` : ""), chips(visit)),
      visit.said ? el("p", { class: "reason" }, say("visit.said", { text: visit.said })) : null,
      done || !sentence(visit.reason) ? null : el("p", { class: "reason" }, say("visit.reason", { text: sentence(visit.reason) })),
      mainbreak.assignButton && mainbreak.assignButton(visit.order)));
  }

  function leftOver(one) {
    const order = day.orders[one.order], why = one.reason ? say(`blocked.${one.reason}`) : say(`orderState.${order.state}`);
    return el("li", { class: "visit" }, el("span", { class: "no-crew" }, "?"),
      el("div", {}, el("b", {}, `${say(`kind.${order.kind}`)} · ${why}`), mainbreak.openCard && el("button", { type: "button", class: "inline why", "data-key": `why ${order.id}`, onclick: () => mainbreak.openCard(`visit ${order.id}`) }, say("plan.byCrew")),
        one.detail && el("p", { class: "reason" }, sentence(one.detail)), mainbreak.assignButton && mainbreak.assignButton(one.order)));
  }

  return part("crews", say("crews.count", { n: visits.length, all: visits.length + open.length }),
    el("ul", { class: "visits" }, visits.map(visitItem), open.map(leftOver)));
};

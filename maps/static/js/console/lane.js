/* A crew's lane: the drives with their pick-ups, the visits as bars, waits, breaks, the way home, overtime.
   What is foreseen is dotted or outlined, what happened is solid; what is late says by how much. */
"use strict";

mainbreak.lane = (() => {
  const { clock, el, facts, glyphs, hours, say, set, span } = mainbreak;
  const { bounds, looks, place } = hours;

  /** When a visit takes place: planned, until it is known. */
  function times(visit) {
    const start = visit.arrived ?? visit.start, end = visit.ended ?? Math.max(visit.end, visit.arrived != null ? facts.now() : 0);
    return { depart: Math.min(visit.depart, start), eta: visit.arrived ?? visit.eta, start, end: Math.max(start, end) };
  }

  /** Seconds after the due time that the crew arrived, or arrives as things stand; 0 if it is in time. */
  function late(visit) {
    const { due } = facts.orderOf(visit);
    return due === null ? 0 : Math.max(0, facts.etaOf(visit) - due);
  }

  const minutes = (seconds) => Math.max(1, Math.round(seconds / 60));

  /** 12 min, from an hour on 2h31. */
  const long = (seconds) => (Math.abs(seconds) < 3600 ? say("plan.minutes", { n: minutes(Math.abs(seconds)) }) : span(seconds));

  /** How late; of who has arrived it is no longer a warning. */
  const lateWord = (visit) => say(visit.arrived == null ? "timeline.late" : "timeline.wasLate", { span: long(late(visit)) });

  function label(visit) {
    const order = facts.orderOf(visit), row = order.incident;
    return `${say(`kind.${order.kind}`)} ${row < 0 ? order.id : facts.incident(row).id}${visit.state === "field_complete" ? " ✓" : ""}`;
  }

  function look(visit) {
    const order = facts.orderOf(visit), told = visit.state ? `is-${looks[visit.state]}` : `kind-${order.kind}`;
    const chosen = order.incident >= 0 && order.incident === facts.selected();
    return ["visit-bar", told, visit.pinned && "is-pinned", visit.interrupts && "is-diverted", order.p === 1 && "is-p1", late(visit) && "is-late", chosen && "is-selected"].filter(Boolean).join(" ");
  }

  /** All that a bar says, for the pointer and for those who do not see it. */
  function detail(visit, when) {
    const { incident } = facts.orderOf(visit);
    return [label(visit), incident < 0 ? "" : facts.title(incident), visit.state && say(`visitState.${visit.state}`), `${clock(when.start)}–${clock(when.end)}`,
      late(visit) && lateWord(visit), visit.pinned && say("visit.pinned"), visit.interrupts && say("visit.diverted")].filter(Boolean).join(" · ");
  }

  function open(visit) {
    const { id, incident } = facts.orderOf(visit);
    if (incident >= 0) set("incident", facts.idOf(incident));
    if (mainbreak.openCard) mainbreak.openCard(`visit ${id}`);
  }

  function bar(visit) {
    const order = facts.orderOf(visit), when = times(visit), text = detail(visit, when);
    const sign = late(visit) ? el("em", { class: visit.arrived != null && "is-past" }, lateWord(visit)) : glyphs.node(glyphs.kinds[order.kind]);
    const button = el("button", { type: "button", tabindex: "-1", class: look(visit), title: text, "aria-label": text, "data-incident": order.incident, "data-key": `bar ${visit.id || order.id}`, onclick: () => open(visit) },
      visit.pinned && glyphs.node(glyphs.tools.fixed), visit.interrupts && glyphs.node(glyphs.tools.divert), sign, el("span", {}, label(visit)));
    return place(button, when.start, when.end);
  }

  /** The drive, dotted while it is foreseen, and the depot on the way. */
  function drive(visit, when) {
    const gone = !visit.state || visit.arrived != null, line = el("i", { class: `drive ${gone ? "" : "is-foreseen"}` });
    if (!visit.pickup) return [place(line, when.depart, when.eta)];
    const text = say("timeline.pickup", { n: minutes(visit.pickup), depot: visit.depot }), sign = el("i", { class: "stop", title: text, role: "img", "aria-label": text }, glyphs.node(glyphs.tools.crate));
    return [place(line, when.depart, when.eta), place(sign, (when.depart + when.eta) / 2)];
  }

  function due(visit) {
    const order = facts.orderOf(visit);
    if (order.due === null || order.due < bounds.from || order.due > bounds.to || visit.arrived != null) return [];
    const minor = order.p > 2 && !late(visit);
    return [place(el("i", { class: `due-mark ${minor ? "is-minor" : ""}`, "data-incident": order.incident, title: say("timeline.due", { id: order.id, time: clock(order.due) }) }), order.due)];
  }

  function visits(visit) {
    const when = times(visit), waits = when.start > when.eta ? [place(el("i", { class: "wait" }), when.eta, when.start)] : [];
    return [...drive(visit, when), bar(visit), ...waits, ...due(visit)];
  }

  function rest([start, end]) {
    const text = say("timeline.restAt", { from: clock(start), to: clock(end) });
    return place(el("i", { class: "rest", title: text, role: "img", "aria-label": text }, glyphs.node(glyphs.tools.rest)), start, end);
  }

  /** From the last work to the crew's home. */
  function home(crew, end) {
    if (crew.back == null || !end) return [];
    const text = say("timeline.homeAt", { time: clock(crew.back) });
    return [place(el("i", { class: "drive is-foreseen" }), end, crew.back), place(el("i", { class: "stop", title: text, role: "img", "aria-label": text }, glyphs.node(glyphs.tools.home)), crew.back)];
  }

  /** How long the crew works past its shift, in words behind its last bar. */
  function overtime(crew, end) {
    const last = Math.max(end, crew.back ?? 0), over = last - crew.shift[1];
    if (!end || over < 60) return [];
    const text = say("timeline.overtime", { n: minutes(over) });
    return [place(el("i", { class: "over" }), Math.max(crew.shift[1], bounds.from), last), place(el("b", { class: `over-word ${crew.back == null ? "" : "is-behind"}`, title: text }, text), last)];
  }

  function off(crew) {
    const [start, end] = crew.shift, { from, to } = bounds;
    return [start > from && place(el("i", { class: "off" }), from, Math.min(start, to)), end < to && place(el("i", { class: "off" }), Math.max(end, from), to)].filter(Boolean);
  }

  /** The hours a dispatcher says it is not there. */
  function away(crew) {
    const hold = (crew.holds || []).find((one) => one.kind === "away");
    if (!hold) return [];
    const until = Math.min(hold.until ?? crew.shift[1], bounds.to), since = Math.max(hold.since, bounds.from);
    if (until <= since) return [];
    const text = [say("hold.away"), hold.reason].filter(Boolean).join(" · ");
    return [place(el("i", { class: "away", title: text, role: "img", "aria-label": text }, el("span", {}, text)), since, until)];
  }

  /** Everything of a crew's day but its name; `own` are its visits. */
  function nodes(crew, own) {
    const ahead = own.filter((visit) => visit.ended == null), end = ahead.length ? Math.max(...ahead.map((visit) => times(visit).end)) : 0;
    return [...off(crew), ...away(crew), ...crew.breaks.map(rest), ...own.flatMap(visits), ...home(crew, end), ...overtime(crew, end)];
  }

  return { late, lateWord, long, minutes, nodes, times };
})();

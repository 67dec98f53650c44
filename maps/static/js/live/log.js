/* What happened, in words: of an incident and of everything that belongs to it, newest first. */
"use strict";

(() => {
  const { clock, data, el, facts, isolationValves, number, part, say } = mainbreak;
  const first = 6;
  /** Each kind of event that is told, and the phrase that tells it. */
  const told = {
    "ticket.received": "log.received", "ticket.located": "log.located", "ticket.attached": "log.attached", "ticket.verified": "log.verifiedTicket",
    "ticket.reopened": "log.reopened", "incident.opened": "log.opened", "incident.confirmed": "log.confirmed", "incident.resolved": "log.resolved",
    "incident.closed": "log.closed", "incident.dismissed": "log.dismissed", "outage.in_effect": "log.inEffect",
    "outage.partly_restored": "log.partly", "outage.restored": "log.restored", "outage.cancelled": "log.cancelled", "outage.changed": "log.outageChanged", "outage.plan_b": "log.planB",
    "visit.assigned": "log.assigned", "visit.accepted": "log.accepted", "visit.en_route": "log.enRoute", "visit.on_site": "log.onSite", "arrival.seen": "log.arrivalSeen",
    "visit.paused": "log.paused", "visit.field_complete": "log.complete", "visit.declined": "log.declined", "visit.cannot_complete": "log.cannot",
    "visit.cancelled": "log.visitCancelled", "report.conflict": "log.conflict", "report.settled": "log.settled",
    "incident.pipe_replaced": "log.pipeReplaced", "ticket.detached": "log.detached", "incident.merged": "log.merged", "incident.unmerged": "log.unmerged",
    "incident.split": "log.split", "incident.collective": "log.collective", "incident.collective_ended": "log.collectiveEnded",
    "incident.acknowledged": "log.acknowledged", "incident.responsibility": "log.whose", "incident.continues": "log.continues", "ticket.still_out": "log.stillOut",
  };
  /** What people decided, with what the event carries. */
  const decided = {
    "ticket.attached": ({ subject, payload }) => say(payload.by_hand ? payload.from ? "log.movedFrom" : "log.movedIn" : "log.attached", { id: subject, from: payload.from, into: payload.incident }),
    "ticket.detached": ({ subject, payload }) => say(payload.into ? "log.detached" : "log.detachedWaits", { id: subject, into: payload.into, from: payload.incident }),
    "incident.merged": ({ subject, payload }) => say("log.merged", { id: subject, into: payload.into }),
    "incident.unmerged": ({ subject, payload }) => say("log.unmerged", { id: subject, from: payload.from }),
    "incident.split": ({ subject, payload }) => say("log.split", { id: subject, n: payload.tickets.length, into: payload.into }),
    "incident.collective": ({ payload }) => say("log.collective", { n: payload.callers, minutes: payload.minutes }),
    "incident.responsibility": ({ payload: { after, reason } }) => say(after ? "log.whose" : "log.whoseTaken", { whose: after && say(`whose.${after}`), reason }),
    "incident.continues": ({ subject, payload }) => say("log.continues", { id: subject, parent: payload.parent }),
    "ticket.still_out": ({ subject, payload }) => say("log.stillOut", { id: subject, ticket: payload.ticket, into: payload.incident }),
  };
  const valves = { valve_closed: "log.valveClosed", valve_stuck: "log.valveStuck", valve_opened: "log.valveOpened" };

  function key(event) {
    if (event.kind === "report.applied") return event.payload.kind === "road_impassable" ? "log.road" : valves[event.payload.kind];
    return told[event.kind];
  }

  /** ① V-207: an isolation valve by its number in the closing order. */
  function valve(id, outage) {
    const turn = outage && isolationValves.turns(outage).find((one) => one.id === id);
    return turn ? `${mainbreak.circled(turn.number)} ${id}` : id;
  }

  function crewName(id) {
    const crew = data("day").crews.find((one) => one.id === id);
    return crew ? crew.name : id || "";
  }

  function words(event, outage) {
    const { day } = facts.facts(), order = day.orders.find((one) => one.id === event.payload.work_order);
    const kind = order ? say(`kind.${order.kind}`) : "";
    if (decided[event.kind]) return decided[event.kind](event);
    if (event.kind === "outage.plan_b" && event.payload.after) return planB(event.payload);
    if (event.kind === "incident.pipe_replaced") return pipeReplaced(event.payload);
    return say(key(event), { id: event.subject, crew: crewName(event.payload.crew), kind, valve: valve(event.payload.isolation_valve, outage) });
  }

  /** Both versions: what was to be shut and who was out, before and after. */
  function planB({ before, after }) {
    const version = ({ close, premises_count: n }) => say("log.version", { valves: close.join(say("list.and")), n: number(n) });
    return say("log.planBoth", { before: version(before), after: version(after) });
  }

  /** A new network came: the pipe that lies there now, or that there is none. */
  const pipeReplaced = ({ from, to }) => (to ? say("log.pipeReplaced", { from, to }) : say("log.pipeGone", { from }));

  /** The people who act by name; the machine acts without one. */
  function actor(event) {
    const name = data("day").people[event.actor];
    return name && !event.payload.crew ? name : "";
  }

  /** Ids of everything that belongs to an incident. */
  function belongings(row) {
    const { day, ordersOf } = facts.facts(), one = facts.incident(row), outage = facts.outageOf(row);
    const orders = ordersOf[row].map((order) => day.orders[order].id);
    return new Set([one.id, ...one.tickets.map((ticket) => day.tickets[ticket].id), ...orders, ...(outage ? [outage.id] : [])]);
  }

  const about = (event, mine) => mine.has(event.subject) || mine.has(event.payload.work_order) || ["incident", "from", "into", "parent"].some((name) => mine.has(event.payload[name]));

  function entries(row) {
    const mine = belongings(row), told = mainbreak.story(facts.idOf(row)), { log, midnight } = data("day");
    const known = new Map(((told && told.log) || []).map((event) => [event.id, { ...event, at: Date.parse(event.at) / 1000 - midnight }]));
    for (const event of log) if (about(event, mine)) known.set(event.id, event);
    return [...known.values()].filter(key).sort((a, b) => b.id - a.id);
  }

  mainbreak.parts.log = (row) => {
    const all = entries(row), outage = facts.outageOf(row);
    if (!all.length) return null;
    const item = (event) => el("li", {}, el("span", { class: "when" }, clock(event.at)), " ", words(event, outage),
      actor(event) ? el("span", { class: "count" }, ` ${actor(event)}`) : null);
    const rest = all.length > first && el("details", { id: "more-log" }, el("summary", {}, say("log.more", { n: all.length - first })),
      el("ul", { class: "log" }, all.slice(first).map(item)));
    const section = part("log", say("log.count", { n: number(all.length) }), el("kbd", { class: "part-key" }, "L"),
      el("ul", { class: "log" }, all.slice(0, first).map(item)), rest);
    section.id = "part-log";
    return section;
  };
})();

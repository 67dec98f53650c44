/* What follows from the day's tables: who visits what when, what is late, who is without water. The
   selection is an incident's id, so that it survives new tables; rows are of the present tables. */
"use strict";

mainbreak.facts = (() => {
  const { data, live, on, say, state, supply } = mainbreak;
  const over = new Set(["closed", "merged", "dismissed"]);
  const begun = ["on_site", "paused", "en_route", "accepted"];
  let known = null;

  /** The visit that speaks for its order: one going on, else one done, else none. */
  function speaker(visits) {
    const rank = (visit) => [...begun, "assigned", "field_complete", undefined].indexOf(visit.state);
    return visits.filter((visit) => rank(visit) >= 0).sort((a, b) => rank(a) - rank(b) || b.start - a.start)[0];
  }

  function prepare() {
    const day = data("day"), outages = data("outages"), pipes = data("pipes");
    const perOrder = new Map();
    for (const visit of day.visits) perOrder.set(visit.order, [...(perOrder.get(visit.order) || []), visit]);
    const visitOf = new Map([...perOrder].map(([order, visits]) => [order, speaker(visits)]).filter(([, visit]) => visit));
    const leftOver = new Map(day.unassigned.map((one) => [one.order, one]));
    const ordersOf = day.incidents.map(() => []);
    day.orders.forEach((order, row) => order.incident >= 0 && ordersOf[order.incident].push(row));
    const rowOf = new Map(day.incidents.map((one, row) => [one.id, row]));
    return { day, leftOver, ordersOf, outages, pipes, rowOf, visitOf };
  }

  const facts = () => (known = known || prepare());
  on("tables", () => { known = null; });

  const rowOf = (id) => facts().rowOf.get(id) ?? -1;
  /** The row of the selected incident, -1 while none is selected or it is not in the tables. */
  const selected = () => rowOf(state.incident);
  const idOf = (row) => (row < 0 ? "" : facts().day.incidents[row].id);
  /** Seconds of the day: the server's clock on a live page, else the plan's instant. */
  const now = () => (facts().day.live ? live.now() - facts().day.midnight : facts().day.now);

  const incident = (row) => facts().day.incidents[row];
  const isOver = (row) => over.has(incident(row).state);
  /** The outage of an incident; one that was only foreseen and is cancelled is none. */
  function outageOf(row) {
    const one = facts().outages[incident(row).outage];
    return one && !(one.state === "cancelled" && !(one.steps || []).length) ? one : null;
  }
  const crewOf = (visit) => facts().day.crews[visit.crew];
  const orderOf = (visit) => facts().day.orders[visit.order];

  function visitsOf(row) {
    const { ordersOf, visitOf } = facts();
    return ordersOf[row].map((order) => visitOf.get(order)).filter(Boolean).sort((a, b) => a.start - b.start);
  }

  /** Orders nobody is on: with the plan's reason where it says one. */
  function leftOverOf(row) {
    const { day, leftOver, ordersOf, visitOf } = facts();
    const open = ordersOf[row].filter((order) => !visitOf.has(order));
    if (!day.live) return open.map((order) => leftOver.get(order)).filter(Boolean);
    return open.filter((order) => ["waiting", "ready", "assigned"].includes(day.orders[order].state))
      .map((order) => leftOver.get(order) || { order, reason: "", detail: null });
  }

  /** When a visit's crew arrived, else when it does as things stand, else as planned. */
  const etaOf = (visit) => visit.arrived ?? visit.range?.p50 ?? visit.eta;

  /** Is the first crew on site in time? `left` is seconds to spare, negative when late. */
  function onSite(row) {
    const { day, ordersOf } = facts();
    const dues = ordersOf[row].map((order) => day.orders[order].due).filter((due) => due !== null);
    const etas = visitsOf(row).map(etaOf), due = dues.length ? Math.min(...dues) : null;
    if (!etas.length) return { state: "open", due };
    const eta = Math.min(...etas), left = due === null ? null : due - eta;
    return { state: left !== null && left < 0 ? "late" : "met", due, eta, left };
  }

  /** When supply is back: said, or planned as the end of the last repair or restoring visit. */
  function restored(row) {
    const outage = outageOf(row);
    if (outage && outage.restored != null) return outage.restored;
    if (outage && outage.etr) return outage.etr.at;
    const ends = visitsOf(row)
      .filter((visit) => ["repair", "restore"].includes(orderOf(visit).kind)).map((visit) => visit.end);
    return ends.length ? Math.max(...ends) : null;
  }

  const symptom = (row) => say(`symptom.${incident(row).symptom}`);

  const bare = /^-?[\d.*]+\s*,\s*-?[\d.*]+$/; // coordinates say nothing to a reader

  /** The place in words, else the road of the pipe, else the pipe. */
  function where(row) {
    const { pipes } = facts(), one = incident(row);
    if (one.pipe < 0 || (one.label && !bare.test(one.label))) return one.label;
    return pipes.roads[pipes.road[one.pipe]] || pipes.id[one.pipe];
  }

  const title = (row) => `${symptom(row)} ${where(row)}`.trim();

  /** When the next unmet step of an incident is due; late ones are due first. */
  const nextDue = (row) => (facts().day.live
    ? incident(row).clocks.filter((one) => one.met === null).map((one) => one.due).at(0) : onSite(row).due) ?? Infinity;

  /** Most urgent first: priority, then the time the next step is due. On a live page P1 stands first and
      the others by that time alone, what only waits to be verified last; what is over is left out. */
  function sorted() {
    const { day } = facts();
    const rows = day.incidents.map((_, row) => row).filter((row) => !day.live || !isOver(row));
    const rank = (row) => (!day.live ? incident(row).p : incident(row).state === "resolved" ? 2 : incident(row).p === 1 ? 0 : 1);
    const due = (row) => Math.min(nextDue(row), Number.MAX_SAFE_INTEGER);
    return rows.sort((a, b) => rank(a) - rank(b) || due(a) - due(b) || incident(a).p - incident(b).p || a - b);
  }

  return {
    ...supply, crewOf, etaOf, facts, idOf, incident, isOver, leftOverOf, nextDue, now, onSite, orderOf, outageOf,
    restored, rowOf, selected, sorted, symptom, title, visitsOf, where,
  };
})();

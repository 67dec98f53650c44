/* What follows from the day's tables: who visits what when, what is late, who is without water. */
"use strict";

mainbreak.facts = (() => {
  const { data, say } = mainbreak;
  let known = null;

  function prepare() {
    const day = data("day"), outages = data("outages"), pipes = data("pipes");
    const visitOf = new Map(day.visits.map((visit) => [visit.order, visit]));
    const leftOver = new Map(day.unassigned.map((one) => [one.order, one]));
    const ordersOf = day.incidents.map(() => []);
    day.orders.forEach((order, row) => order.incident >= 0 && ordersOf[order.incident].push(row));
    return { day, leftOver, ordersOf, outages, pipes, visitOf };
  }

  const facts = () => (known = known || prepare());

  const incident = (row) => facts().day.incidents[row];
  const outageOf = (row) => facts().outages[incident(row).outage] || null;
  const crewOf = (visit) => facts().day.crews[visit.crew];
  const orderOf = (visit) => facts().day.orders[visit.order];

  function visitsOf(row) {
    const { ordersOf, visitOf } = facts();
    return ordersOf[row].map((order) => visitOf.get(order)).filter(Boolean).sort((a, b) => a.start - b.start);
  }

  function leftOverOf(row) {
    const { leftOver, ordersOf } = facts();
    return ordersOf[row].map((order) => leftOver.get(order)).filter(Boolean);
  }

  /** Is the first crew on site in time? `left` is seconds to spare, negative when late. */
  function onSite(row) {
    const { day, ordersOf } = facts();
    const dues = ordersOf[row].map((order) => day.orders[order].due).filter((due) => due !== null);
    const etas = visitsOf(row).map((visit) => visit.eta), due = dues.length ? Math.min(...dues) : null;
    if (!etas.length) return { state: "open", due };
    const eta = Math.min(...etas), left = due === null ? null : due - eta;
    return { state: left !== null && left < 0 ? "late" : "met", due, eta, left };
  }

  /** When supply is planned to be back: the end of the last repair or restoring visit. */
  function restored(row) {
    const ends = visitsOf(row)
      .filter((visit) => ["repair", "restore"].includes(orderOf(visit).kind)).map((visit) => visit.end);
    return ends.length ? Math.max(...ends) : null;
  }

  const symptom = (row) => say(`symptom.${incident(row).symptom}`);

  const bare = /^-?[\d.]+\s*,\s*-?[\d.]+$/; // coordinates say nothing to a reader

  /** The place in words, else the road of the pipe, else the pipe. */
  function where(row) {
    const { pipes } = facts(), one = incident(row);
    if (one.pipe < 0 || (one.label && !bare.test(one.label))) return one.label;
    return pipes.roads[pipes.road[one.pipe]] || pipes.id[one.pipe];
  }

  const title = (row) => `${symptom(row)} ${where(row)}`.trim();

  /** Most urgent first: priority, then the time its first crew is due. */
  function sorted() {
    const { day } = facts();
    return day.incidents.map((_, row) => row).sort((a, b) =>
      incident(a).p - incident(b).p || (onSite(a).due ?? Infinity) - (onSite(b).due ?? Infinity) || a - b);
  }

  /** 12 for 十二: from ten on, digits are shorter and 十 is not taken for a plus. */
  function chineseNumber(text) {
    const digit = "一二三四五六七八九", [tens, ones] = text.split("十");
    return (tens ? digit.indexOf(tens) + 1 : 1) * 10 + (ones ? digit.indexOf(ones) + 1 : 0);
  }

  function shortName(name) {
    const plain = name.replace(/[班组队]+$/, ""), number = plain.match(/\d+$/), tens = plain.match(/[一二三四五六七八九]?十[一二三四五六七八九]?$/);
    if (number) return number[0].slice(-2);
    if (tens) return String(chineseNumber(tens[0]));
    return /[\u4e00-\u9fff]$/.test(plain) ? plain.slice(-1) : plain.slice(0, 2);
  }

  /** Where crews share a depot they stand side by side: pixels off the place, four a row. */
  function crewShift(row) {
    const { crews } = facts().day, near = (a, b) => Math.abs(a[0] - b[0]) < 300 && Math.abs(a[1] - b[1]) < 300;
    const before = crews.slice(0, row).filter((crew) => near(crew.xy, crews[row].xy)).length;
    return [(before % 4) * 25, Math.floor(before / 4) * 25];
  }

  /** One or two characters for each crew: 五 for 五班, 12 for Crew 12; the row where that is shared. */
  function shortNames() {
    const { day } = facts();
    const short = day.crews.map(({ name }) => shortName(name));
    const shared = (name) => short.filter((other) => other === name).length > 1;
    return short.map((name, row) => (shared(name) ? String(row + 1) : name));
  }

  return {
    crewOf, crewShift, facts, incident, leftOverOf, onSite, orderOf, outageOf, restored, shortNames, sorted,
    symptom, title, visitsOf, where,
  };
})();

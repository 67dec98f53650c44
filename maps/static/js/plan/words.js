/* How the plan's figures are said: minutes sooner or later, what it costs more, whose crew, which work. */
"use strict";

mainbreak.plan = (() => {
  const { ago, clock, crews, data, el, facts, glyphs, lane, say } = mainbreak;

  const crewRow = (id) => data("day").crews.findIndex((one) => one.id === id);
  const crewName = (id, others = []) => data("day").crews[crewRow(id)]?.name || others.find((one) => one.id === id)?.name || id;
  const orderRow = (id) => data("day").orders.findIndex((one) => one.id === id);

  /** 关阀 秋清二路: what an order is about, as far as the day holds it. */
  function title(id) {
    const order = data("day").orders[orderRow(id)];
    if (!order) return id;
    return [say(`kind.${order.kind}`), order.incident < 0 ? "" : facts.where(order.incident)].filter(Boolean).join(" ");
  }

  function crewSign(id, size = 24) {
    const row = crewRow(id);
    return glyphs.node(glyphs.crew(row < 0 ? id.startsWith("+") ? "+" : "?" : crews.shortNames()[row], size));
  }

  const seconds = (stamp) => (stamp ? Date.parse(stamp) / 1000 - data("day").midnight : null);
  const time = (stamp) => clock(seconds(stamp));

  /** +5 min of the plan's own measure; less than half a minute is nothing. */
  function extra(value) {
    if (Math.abs(value) < 30) return say("plan.noExtra");
    return say(value > 0 ? "plan.extra" : "plan.less", { span: lane.long(value) });
  }

  /** How long ago, in days once that is more than two. */
  function since(at) {
    const days = Math.floor((facts.now() - at) / 86400);
    return days > 2 ? say("plan.days", { n: days }) : ago(facts.now() - at);
  }

  const later = (value) => say(value < 0 ? "plan.sooner" : "plan.later", { span: lane.long(value) });

  /** The visit that goes on for an order, or is planned for it. */
  function visitOf(order) {
    const visit = facts.facts().visitOf.get(orderRow(order));
    return visit && visit.ended == null ? visit : null;
  }

  const begun = (visit) => ["accepted", "en_route", "on_site", "paused"].includes(visit.state);

  /** Another order's or incident's name as a way there. */
  const link = (text, run, key) => el("button", { type: "button", class: "inline", "data-key": key, onclick: run }, text);
  const orderLink = (id) => link(title(id), () => mainbreak.openCard(`visit ${id}`), `order ${id}`);

  return { begun, crewName, crewRow, crewSign, extra, later, link, orderLink, orderRow, seconds, since, time, title, visitOf };
})();

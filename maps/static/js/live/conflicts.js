/* Reports that contradict: the crew's on the left, what stands here on the right, and what may be done. */
"use strict";

mainbreak.conflictCards = () => {
  const { actionButton, clock, command, data, el, facts, live, say, sentence, set } = mainbreak;
  const { conflicts, crews, orders } = data("day");

  const crewName = (one) => (one.crew < 0 ? one.crewId : crews[one.crew].name);

  function about(one) {
    const order = orders[one.order];
    if (!order) return one.orderId;
    const title = order.incident < 0 ? "" : facts.title(order.incident);
    return [order.id, say(`kind.${order.kind}`), title].filter(Boolean).join(" · ");
  }

  /** What the crew says; of a road its reason may begin with a word we know. */
  function said(one) {
    if (one.kind !== "road_impassable") return [word(one), one.reason].filter(Boolean).join(" · ");
    const [first, ...rest] = one.reason.split(" "), known = data("words")[mainbreak.state.language][`closureReason.${first}`];
    return [say("report.road_impassable"), known || first, rest.join(" ")].filter(Boolean).join(" · ");
  }

  const word = (one) => (one.kind.startsWith("valve") ? `${say(`report.${one.kind}`)} ${one.valve}` : say(`visitState.${one.kind}`));

  /** How late the report came: what happened on the phone and when it reached us. */
  function times(one) {
    const late = Math.round((one.received - one.at) / 60), values = { at: clock(one.at), received: clock(one.received), n: late };
    return late > 1 ? say("conflict.late", values) : say("conflict.times", values);
  }

  const here = (one) => (one.visitState ? say(`visitState.${one.visitState}`) : one.orderState ? say(`orderState.${one.orderState}`) : say("conflict.nothing"));

  const side = (title, fact, detail) => el("div", { class: "side" }, el("b", {}, title), el("span", {}, fact), el("span", { class: "small" }, detail));

  const settle = (one, choice, told) => command(`/api/conflicts/${encodeURIComponent(one.id)}/settle`, { choice }, told);

  function card(one, row) {
    const order = orders[one.order], go = order && order.incident >= 0
      && actionButton(`see ${one.id}`, say("conflict.see"), "", () => set("incident", facts.idOf(order.incident)), "is-link is-small");
    const take = actionButton(`take ${one.id}`, say("conflict.take"), row ? "" : "1", () => settle(one, "take_report", say("conflict.taken")), "is-primary is-small");
    const keep = actionButton(`keep ${one.id}`, say("conflict.keep"), row ? "" : "2", () => settle(one, "keep_system", say("conflict.kept")), "is-small");
    return el("article", { class: "conflict" }, el("h3", {}, say("conflict.title", { crew: crewName(one) })), el("p", { class: "small" }, about(one)),
      el("div", { class: "sides" }, side(say("conflict.crew"), said(one), times(one)), side(say("conflict.system"), here(one), "")),
      one.why && el("p", {}, sentence(one.why)), el("p", { class: "small" }, say("conflict.told")),
      live.me.role === "dispatcher" && el("div", { class: "buttons" }, take, keep, go));
  }

  return conflicts.length ? conflicts.map(card) : [el("p", { class: "empty" }, say("conflict.none"))];
};

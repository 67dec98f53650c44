/* The right column below the map: the customer, reports of the same incident, what to know, history. */
"use strict";

mainbreak.startSide = () => {
  const { call, candidate, el, live, number, office, on, say } = mainbreak;
  const holder = document.getElementById("cards");
  const tips = {
    no_water: ["tip.heater", "tip.cloudy", "tip.urgent"],
    will_be_off: ["tip.store", "tip.heater", "tip.urgent"],
    planned: ["tip.store", "tip.heater", "tip.cloudy"],
    suspected: ["tip.noCause", "tip.symptoms", "tip.danger"],
    restored: ["tip.cloudy", "tip.ownValve", "tip.again"],
    nothing_known: ["tip.ownValve", "tip.neighbour", "tip.danger"],
    place_unknown: ["tip.landmark", "tip.map", "tip.keep"],
  };
  const looks = { no_water: "is-dry", will_be_off: "is-soon", planned: "is-soon", suspected: "is-maybe", restored: "is-ok" };
  let tickets = new Map();

  const part = (title, count, ...content) => el("section", { class: "part" },
    el("h2", {}, say(title), " ", count != null && el("span", { class: "count" }, count)), content);
  const pair = ([key, value]) => value && el("div", {}, el("dt", {}, say(key)), el("dd", {}, value));

  /** The number in full: only of a ticket, and only once it was asked for. */
  function number_(ticket) {
    if (!ticket) return null;
    if (!ticket.phone) return say("customer.noPhone");
    if (call.now.phone === ticket.phone) return ticket.phone;
    const reveal = () => call.change({ phone: ticket.phone });
    return el("span", { class: "masked" }, "••••", " ", el("button", { type: "button", class: "button is-small", onclick: reveal }, say("customer.reveal")));
  }

  /** How the place was found, and how sure that is where nobody chose it. */
  const found = (where) => (where.onMap ? say("customer.onMap")
    : [candidate.about(where), where.picked ? say("customer.picked") : say("where.chance", { n: candidate.percent(where) })].join(" · "));

  function customer() {
    const { answer, chosen, customer: one, phone, ticket } = call.now;
    if (!answer && !one && !ticket) return part("customer.title", null, el("p", { class: "empty" }, say("customer.none")));
    const where = chosen || ticket?.place, name = one ? one.name || say("customer.noName") : say("customer.unknown");
    const chip = answer && el("span", { class: `chip ${looks[answer.kind] || ""}` }, say(`short.${answer.kind}`));
    return el("section", { class: "part" },
      el("div", { class: "card-head" }, el("h2", {}, name, " ", one && el("span", { class: "count" }, say("customer.account", { text: one.account }))), chip),
      el("dl", { class: "pairs" }, [
        ["customer.address", call.place() || answer?.label], ["customer.phone", ticket ? number_(ticket) : one?.phone || phone],
        ["customer.kind", one && say(`premises.${one.kind}`)], ["customer.found", where && found(where)],
        ["customer.pipe", where?.pipe],
      ].map(pair)),
      where && !where.onMap && candidate.marks(where),
      one?.critical && el("p", { class: "chip is-late" }, say("customer.critical")));
  }

  const line = (one) => el("li", {}, el("button", { type: "button", class: "line", onclick: () => call.open(one.id) },
    el("b", {}, one.id), " ", el("span", {}, [one.address || one.place?.label, one.text && say("ticket.quote", { text: one.text })].filter(Boolean).join(" ")), " ", el("span", { class: "count" }, office.clock(one.received_at))));

  /** A list of tickets, the newest first, at most six of them in full. */
  function list(title, found) {
    if (!found.length) return null;
    const rest = found.length - 6;
    return part(title, mainbreak.tickets(found.length), el("ul", { class: "lines" }, found.slice(0, 6).map(line)), rest > 0 && el("p", { class: "small" }, say("side.rest", { n: number(rest) })));
  }

  function others() {
    const { answer, customer: one, ticket } = call.now, id = answer?.premises || one?.premises || ticket?.place?.premises;
    const sorted = [...tickets.values()].filter((other) => other.id !== ticket?.id).sort((a, b) => Date.parse(b.received_at) - Date.parse(a.received_at));
    const history = id ? sorted.filter((other) => other.place?.premises === id) : [];
    const same = answer?.incident ? sorted.filter((other) => other.incident === answer.incident && !history.includes(other)) : [];
    return [list("side.same", same), list("side.history", history)];
  }

  function knowledge() {
    const { answer } = call.now;
    const known = answer ? tips[answer.kind] : ["tip.start", "tip.danger", "tip.keep"];
    return part("side.tips", answer && say(`short.${answer.kind}`), el("ol", { class: "tips" }, known.map((key) => el("li", {}, say(key)))));
  }

  function draw() {
    const [same, history] = others();
    holder.replaceChildren(...[customer(), same, knowledge(), history].filter(Boolean));
  }

  on("tickets", (found) => { tickets = found.tickets; draw(); });
  on("call", draw);
  on("redraw", draw);
  draw();
};

/* Tickets that the incident does not explain, each with the reason and what may be done about it. */
"use strict";

(() => {
  const { actionButton, clock, data, decide, el, glyphs, live, say, sentence, set, state } = mainbreak;
  const ticketOf = (id) => data("day").tickets.find((one) => one.id === id);

  function line(one, id) {
    const ticket = ticketOf(one.ticket), mine = one.incident === id, may = live.me.role === "dispatcher";
    const where = mine ? null : one.incident ? el("button", { type: "button", class: "inline", onclick: () => set("incident", one.incident) }, say("outlier.in", { id: one.incident })) : say("outlier.none");
    const words = ticket && (ticket.text ? say("ticket.words", { text: ticket.text }) : say(`symptom.${ticket.symptom}`));
    const act = mine ? actionButton(`own ${one.ticket}`, say("outlier.own"), "", () => mainbreak.ownIncident(one.ticket), "is-small")
      : actionButton(`take-in ${one.ticket}`, say("outlier.attach"), "", () => decide([[`/api/tickets/${encodeURIComponent(one.ticket)}/attach`, { incident: id }]], say("regroup.moved", { n: 1, id }), say("regroup.moveName", { id })), "is-small");
    return el("li", { class: "outlier", tabindex: "-1", "data-key": `outlier ${one.ticket}` }, glyphs.node(glyphs.unsure),
      el("div", {}, el("p", {}, el("b", {}, one.ticket), ticket && el("span", { class: "count" }, ` ${clock(ticket.at)} `), words, where && " ", where),
        el("p", { class: "small" }, sentence(one.reason)), may && el("div", { class: "buttons is-tight" }, act)));
  }

  mainbreak.outlierList = () => {
    const told = mainbreak.story();
    if (!told || !told.outliers || !told.outliers.length || state.editor === `regroup ${told.id}`) return null;
    return el("div", { class: "outliers", role: "group", "aria-label": say("outlier.title") }, el("p", {}, el("b", {}, say("outlier.title"))),
      el("ul", {}, told.outliers.map((one) => line(one, told.id))));
  };
})();

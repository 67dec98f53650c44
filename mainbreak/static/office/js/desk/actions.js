/* What can be done with the call: attach, new ticket, only an enquiry; and what became of it. */
"use strict";

mainbreak.startActions = (form) => {
  const { announce, call, candidate, el, icons, live, office, on, say, sentence, take } = mainbreak;
  const get = (id) => document.getElementById(id);

  const action = (id, look, words, below, key, act) => el("button", { type: "button", id, class: `action ${look}`, onclick: act },
    el("b", {}, words), el("kbd", {}, key), el("span", {}, below));

  const attach = () => take.save(form.values(), call.now.answer.incident);
  const make = () => form.open();
  const enquire = () => {
    office.toast(say("action.enquired"));
    call.begin();
  };
  const put = () => {
    const { chosen, customer, position, ticket } = call.now;
    take.place(ticket.id, { ...position, premises: chosen?.onMap ? null : customer?.premises || chosen?.premises || null });
  };

  /** Called back after the repair: no water still. */
  let incidents = new Map();
  const repaired = ({ ticket }) => Boolean(ticket?.place && incidents.get(ticket.incident)?.state === "resolved");
  async function stillOut() {
    const { id, incident } = call.now.ticket, done = await take.stillOut(id, incident);
    if (!done) return;
    const text = say("action.stillOutDone", { id, incident: done.incident.id });
    office.toast(icons.icon("no_water", 20), text);
    announce(text);
    call.begin();
  }

  /** Only an incident that is still open can be attached to. */
  const canAttach = ({ answer }) => Boolean(answer && answer.incident && answer.kind !== "restored");
  const toPlace = ({ ticket, chosen }) => Boolean(ticket && (!ticket.place || chosen?.onMap));

  function buttons() {
    const { answer, position, ticket } = call.now;
    const close = action("enquire", "", say(ticket ? "action.close" : "action.enquire"), say(ticket ? "action.closeBelow" : "action.enquireBelow"), "Q", ticket ? () => call.begin() : enquire);
    if (toPlace(call.now)) {
      return position && answer ? [action("put", "is-primary", say("action.put"), say("action.putBelow", { id: ticket.id }), "Enter", put), close] : [close];
    }
    if (repaired(call.now)) {
      return [action("still-out", "", say("action.stillOut"), say("action.stillOutBelow", { id: ticket.incident }), "S", stillOut), close];
    }
    if (!answer) return [];
    if (canAttach(call.now) && !ticket) {
      return [action("attach", "is-primary", say("action.attach", { id: answer.incident }), say("action.attachBelow"), "Enter", attach),
        action("make", "", say("action.make"), say("action.makeOther"), "N", make), close];
    }
    return [action("make", "is-primary", say("action.make"), say("action.makeBelow"), "N", make), close];
  }

  function actions() {
    const list = call.now.taken ? [] : buttons();
    get("actions").hidden = !list.length;
    const had = get("actions").contains(document.activeElement) && document.activeElement.id;
    get("actions").replaceChildren(...list);
    if (had) (get(had) || list[0])?.focus();
  }

  function sentenceOf({ ticket, incident, opened }) {
    if (incident) return say(opened ? "result.opened" : "result.attached", { id: ticket.id, incident: incident.id });
    return say(ticket.place ? "result.stored" : "result.unplaced", { id: ticket.id });
  }

  /** By which of the caller's words it is more urgent than its symptom alone. */
  const urgent = ({ priority, priority_reasons: reasons }) => reasons.map((one) => el("p", { class: "small" }, el("b", {}, priority), " ", sentence(one)));

  /** Whose the fault seems to be by the calls: what the agent may tell the caller. */
  function whose({ whose: known }) {
    const one = known && (known.decided ? { responsibility: known.decided, reason: known.reason } : known.suggestion);
    if (!one) return [];
    const words = say(`whose.${one.responsibility}`), lead = known.decided ? `${words}.` : say("whose.suggested", { whose: words });
    return [el("p", { class: "small", id: "whose" }, el("b", {}, say("result.whose"), " · ", lead), " ", known.decided ? one.reason : sentence(one.reason))];
  }

  async function askWhose({ ticket, incident }) {
    if (!incident) return;
    try {
      const { responsibility } = await live.api("GET", `/api/incidents/${encodeURIComponent(incident.id)}`);
      if (call.now.taken?.ticket.id === ticket.id) call.change({ whose: responsibility });
    } catch (error) {
      if (!(error instanceof live.Refused)) throw error; // the ticket is stored all the same
    }
  }

  /** Go on asking for the place of the ticket just taken. */
  function again() {
    call.change({ ticket: call.now.taken.ticket, taken: null });
    get("asked").focus();
    get("asked").select();
  }

  /** The ticket's number and what happened with it; places to choose where it has none. */
  function result() {
    const { taken } = call.now;
    get("result").hidden = !taken;
    if (!taken) return;
    const lost = !taken.ticket.place, button = (one, row) => el("li", {}, el("button", { type: "button", class: "choice", onclick: () => take.placeTaken(one) },
      el("kbd", {}, String(row + 1)), candidate.row(one)));
    const had = get("result").contains(document.activeElement) && document.activeElement.id;
    get("result").className = `card result ${lost ? "is-lost" : ""}`;
    get("result").replaceChildren(
      el("div", { class: "card-head" }, icons.icon(lost ? "place_unknown" : "restored", 32), el("h2", {}, sentenceOf(taken)),
        lost && el("button", { type: "button", id: "again", class: "button", onclick: again }, say("result.again")),
        el("button", { type: "button", id: "after", class: "button is-primary", onclick: () => call.begin() }, say("find.next"), el("kbd", {}, "Enter"))),
      ...urgent(taken.ticket), ...whose(call.now),
      ...(taken.repeated ? [el("p", { class: "small" }, say("result.repeated"))] : []),
      ...(lost ? [el("p", {}, say("result.ask"))] : []),
      ...(lost && taken.candidates.length ? [el("ol", {}, taken.candidates.map(button))] : []));
    if (had) get(had)?.focus();
  }

  function draw() { actions(); result(); }

  on("answered", () => { if (!call.now.taken) get("actions").querySelector(".is-primary")?.focus(); });
  on("taken", (taken) => {
    const text = sentenceOf(taken);
    office.toast(icons.icon(taken.ticket.place ? "restored" : "place_unknown", 20), text);
    announce(text);
    get("after").focus();
    askWhose(taken);
  });
  on("tickets", (found) => { incidents = found.incidents; actions(); });
  on("call", draw);
  on("redraw", draw);
  draw();
  return { stillOut: () => get("still-out")?.click(), attach: () => get("attach")?.click(), make: () => get("make")?.click(), enquire: () => get("enquire")?.click() };
};

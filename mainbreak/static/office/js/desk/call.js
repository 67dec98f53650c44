/* The call in hand: what was asked, whom it turned out to be, the answer. Emits "call" on every change. */
"use strict";

mainbreak.call = (() => {
  const { emit, live, say } = mainbreak;

  /** Nothing known yet. */
  const fresh = () => ({
    sent: null, asked: "", phone: "", customer: null, customers: [], candidates: [], reason: null, hint: null,
    chosen: null, position: null, answer: null, news: null, ticket: null, taken: null, whose: null, busy: false, sending: false, fault: null,
  });
  const call = fresh();
  const found = { customer: null, customers: [], candidates: [], reason: null, hint: null, chosen: null, position: null, answer: null, news: null };
  /** Characters of a name or a number at the most; what is longer is words about a place. */
  const most = 200;
  let turn = 0;

  function change(part) {
    Object.assign(call, part);
    emit("call", call);
  }

  /** Forget the call, but not while its ticket is on the way; `before` lets it be brought back. */
  function clear() {
    const before = { ...call };
    turn += 1;
    change(fresh());
    emit("fresh", before);
  }

  /** Put this call aside and be ready for the next. */
  function begin() {
    if (call.sending) return;
    clear();
    emit("begin");
  }

  /** A phone number as people write it; shorter numbers are accounts or a local line: nobody can tell. */
  function phoneIn(text) {
    const digits = text.replace(/[\s\-()（）]/g, "");
    return /^\+?\d{10,15}$/.test(digits) ? digits : "";
  }

  /** Do one step of a look-up; what a later step has overtaken is dropped. */
  async function step(work) {
    const mine = ++turn;
    const still = () => mine === turn;
    change({ busy: true, fault: null });
    try {
      await work(still);
    } catch (error) {
      if (!(error instanceof live.Refused)) throw error;
      if (still()) change({ fault: () => live.explain(error) });
    } finally {
      if (still()) change({ busy: false });
    }
  }

  /** Look up what was typed: a number or a name is a customer's, anything else a place. */
  function look(text) {
    const waiting = call.ticket && !call.ticket.place && !call.taken;
    if (call.sending) return null;
    if (!waiting && (call.ticket || call.taken)) clear();
    change({ ...found, asked: text, phone: phoneIn(text) || (call.customer ? "" : call.phone) });
    return step(async (still) => {
      const [{ items }, places] = await Promise.all([customersOf(text), live.api("POST", "/api/locate", { text })]);
      if (!still()) return;
      const located = new Set(places.items.map((one) => one.premises).filter(Boolean));
      const own = isNumber(text) || items.some((one) => !located.has(one.premises)) ? items : [];
      if (own.length === 1) await take(own[0], still);
      else if (own.length) change({ customers: own });
      else await settleOrAsk(text, places, items, still);
    });
  }

  /** Numbers and names are short; a link is neither. */
  const customersOf = (text) => (text.length > most || text.includes("://") ? { items: [] } : live.api("POST", "/api/customers/find", { text }));

  /** Digits, with a few letters before them at most: an account, a phone, a meter. */
  const isNumber = (text) => /^[a-z]{0,4}[-\s]?[\d\s+\-()（）]{4,}$/i.test(text) && /\d{4}/.test(text.replace(/[\s\-()（）]/g, ""));

  /** A sure place is taken without a question; else the agent chooses, and is told why. */
  async function settleOrAsk(text, { items, needs_confirmation: asks, reason, hint }, customers, still) {
    const known = new Map(customers.map((one) => [one.premises, one]));
    const candidates = items.map((one) => ({ ...one, customer: known.get(one.premises) || null }));
    if (hint && !items.length) change({ hint });
    else if (phoneIn(text) && !items.length) await answer({ phone: call.phone }, still);
    else if (!items.length) await answer({ address: text }, still);
    else if (asks) change({ candidates, reason });
    else await settle(candidates[0], still);
  }

  async function take(customer, still) {
    change({ customer, customers: [], chosen: null, position: { lon: customer.lon, lat: customer.lat } });
    await answer({ premises: customer.premises }, still);
  }

  /** Take a candidate as the caller's place, with the customer who lives there. */
  async function settle(candidate, still) {
    const position = { lon: candidate.lon, lat: candidate.lat };
    change({ chosen: candidate, position, hint: null, customer: candidate.customer || (candidate.onMap ? call.customer : null) });
    await answer(candidate.premises ? { premises: candidate.premises } : { position }, still);
  }

  async function answer(asked, still) {
    const said = await live.api("POST", "/api/answer", asked);
    if (!still()) return;
    change({ answer: said, question: asked, position: call.position || said.place, news: null });
    emit("answered");
  }

  const choose = (one) => step((still) => (one.name === undefined ? settle({ ...one, picked: true }, still) : take(one, still)));

  /** A click on the map is a candidate of its own, also for who was found elsewhere; `moved` brings the
      place before it back. */
  function placeAt({ lat, lng }) {
    const rounded = (value) => Math.round(value * 1e6) / 1e6;
    const before = { ...call };
    const place = { lon: rounded(lng), lat: rounded(lat), label: "", found_by: "coordinates", confidence: 1, radius_m: 0, premises: null, onMap: true };
    change({ customers: [], candidates: [], reason: null });
    if (before.position && !before.chosen?.onMap) emit("moved", before);
    return choose(place);
  }

  /** Open a ticket that is stored already, with what its detail shows to this role. */
  function open(id) {
    if (call.sending) return null;
    clear();
    return step(async (still) => {
      const ticket = await live.api("GET", `/api/tickets/${encodeURIComponent(id)}`);
      if (!still()) return;
      const position = ticket.place && { lon: ticket.place.lon, lat: ticket.place.lat };
      change({ ticket, position });
      emit("opened");
      if (ticket.place) await answer(ticket.place.premises ? { premises: ticket.place.premises } : { position }, still);
    });
  }

  /** What of an answer is news when it changes: a crew that comes nearer is none. */
  const gist = ({ crew_eta, script, ...rest }) => JSON.stringify(rest);

  /** Ask the same again quietly; what changed is kept as news, with the answer before it. */
  async function refresh() {
    const { answer: before, question } = call;
    if (!before || call.busy) return;
    try {
      const said = await live.api("POST", "/api/answer", question);
      if (call.answer !== before || JSON.stringify(said) === JSON.stringify(before)) return;
      change(gist(said) === gist(before) ? { answer: said } : { answer: said, news: { before, at: live.now() } });
    } catch { /* the answer that stands shows its age */ }
  }

  const bare = /^-?[\d.*]+\s*,\s*-?[\d.*]+$/; // coordinates say nothing to a reader

  /** Where the caller is, in words; nothing while nobody knows. */
  function place() {
    const { answer, chosen, customer, ticket } = call;
    const known = answer && answer.kind !== "place_unknown" ? answer.label : "";
    if (chosen?.onMap) return say("form.onMap");
    const label = customer?.address || chosen?.label || ticket?.place?.label || known;
    return bare.test(label) || (!label && call.position) ? say("form.onMap") : label;
  }

  /** Bring a cleared call back as it was. */
  function restore(before) {
    turn += 1;
    change({ ...before, busy: false });
  }

  return { begin, change, choose, get now() { return call; }, look, open, place, placeAt, refresh, restore };
})();

/* What an agent does with a call: attach it, make a ticket of it, give a waiting ticket its place. */
"use strict";

mainbreak.take = (() => {
  const { call, emit, live, say } = mainbreak;

  /** A UUID, also where the page does not come over HTTPS. */
  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /** Where the look-up found the caller; a place the agent wrote over it counts instead. */
  async function where({ address, ownPlace }) {
    const { customer, chosen, position, answer, ticket } = call.now;
    if (chosen?.onMap) return { premises: null, position };
    const premises = customer?.premises || chosen?.premises || (ticket && answer?.premises) || null;
    if (!ownPlace || chosen?.found_by === "coordinates") return { premises, position: premises ? null : position };
    const { items: [best], needs_confirmation: unsure } = await live.api("POST", "/api/locate", { text: address });
    if (unsure) return { premises: null, position: null };
    return { premises: best.premises, position: best.premises ? null : { lon: best.lon, lat: best.lat } };
  }

  /** The body of a new ticket but for where: the form's words. */
  const words = (form) => ({
    channel: form.channel, symptom: form.symptom || null, priority: form.priority || null,
    address: form.address === say("form.onMap") ? "" : form.address, text: form.text,
    phone: form.phone || call.now.ticket?.phone || "",
  });

  /** Send once at a time; `body` may have to ask first. */
  async function send(path, body) {
    if (call.now.sending || call.now.taken) return;
    call.change({ busy: true, sending: true, fault: null });
    try {
      const taken = await live.api("POST", path, await body());
      call.change({ taken, busy: false, sending: false, sent: null });
      emit("taken", taken);
    } catch (error) {
      if (!(error instanceof live.Refused)) throw error;
      call.change({ busy: false, sending: false, fault: () => live.explain(error) });
      emit("refused", error);
    }
  }

  /** Save a new ticket; the same words sent again after a failure carry the same id. */
  const save = (form, incident = null) => send("/api/tickets", async () => {
    const asked = { ...words(form), ...(await where(form)), incident }, text = JSON.stringify(asked);
    if (call.now.sent?.text !== text) call.change({ sent: { text, id: uuid() } });
    return { client_id: call.now.sent.id, ...asked };
  });

  /** Give a ticket that waits for it the place in hand. */
  function place(ticket, { lon, lat, premises = null }) {
    return send(`/api/tickets/${encodeURIComponent(ticket)}/place`, () => ({ lon, lat, premises }));
  }

  /** The ticket just saved has no place: ask on with it as the open one. */
  function placeTaken(there) {
    const { ticket } = call.now.taken;
    call.change({ taken: null, ticket });
    return place(ticket.id, there);
  }

  /** The caller of a ticket was called back and is still out: resolves to what became of it, null if refused. */
  async function stillOut(ticket, incident) {
    if (call.now.sending) return null;
    call.change({ busy: true, sending: true, fault: null });
    try {
      const done = await live.api("POST", `/api/incidents/${encodeURIComponent(incident)}/still-out`, { ticket });
      call.change({ busy: false, sending: false });
      return done;
    } catch (error) {
      if (!(error instanceof live.Refused)) throw error;
      call.change({ busy: false, sending: false, fault: () => live.explain(error) });
      return null;
    }
  }

  return { place, placeTaken, save, stillOut };
})();

/* The story of the selected incident as the server tells it: its suspects, who does not fit, whose it is,
   its log. Asked for when it is selected and again when something of it, or any call, has changed: who does
   not fit takes the server a while to find. */
"use strict";

(() => {
  const { data, emit, facts, live, on, say, set, state } = mainbreak;
  let known = null, asking = "", again = false, seen = "";

  /** The story of an incident, null until it has come. */
  mainbreak.story = (id = state.incident) => (known && known.id === id ? known : null);

  /** Suspects that lie outside what the map shows are brought into it, once. */
  function show() {
    const bounds = mainbreak.suspectBounds();
    if (bounds.isValid() && !mainbreak.theMap.getBounds().contains(bounds)) mainbreak.fit();
  }

  async function ask() {
    const id = state.incident;
    if (!id) { known = null; return; }
    if (asking === id) { again = true; return; }
    asking = id;
    try {
      const told = await live.api("GET", `/api/incidents/${encodeURIComponent(id)}`);
      if (state.incident === id) {
        const first = !known || known.id !== id;
        known = told;
        emit("story", told);
        if (first) show();
      }
    } catch (error) {
      if (!(error instanceof live.Refused)) throw error;
      if (error.status === 404 && state.incident === id) { mainbreak.toast(say("story.unknown", { id })); set("incident", ""); }
    } finally {
      if (asking === id) asking = "";
      if (again) { again = false; ask(); }
    }
  }

  /** What of the day the story depends on. */
  function mark() {
    const { day, ordersOf } = facts.facts(), row = facts.selected();
    if (row < 0) return state.incident;
    const ours = new Set([state.incident, ...ordersOf[row].map((order) => day.orders[order].id), ...facts.incident(row).tickets.map((ticket) => day.tickets[ticket].id)]);
    const last = data("day").log.find((event) => ours.has(event.subject) || ours.has(event.payload.incident) || ours.has(event.payload.work_order));
    return JSON.stringify([state.incident, last && last.id, facts.outageOf(row)?.state, day.tickets.map((ticket) => ticket.id + ticket.xy)]);
  }

  function askAgain() {
    const now = mark();
    if (now !== seen) { seen = now; ask(); }
  }

  mainbreak.startStory = () => {
    on("incident", () => { seen = mark(); ask(); });
    mainbreak.onParts(["day.incidents", "day.tickets", "day.log", "outages"], askAgain);
    askAgain();
  };
})();

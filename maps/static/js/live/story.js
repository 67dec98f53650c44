/* The story of the selected incident as the server tells it: its suspects, who does not fit, whose it is,
   its log. Asked for when it is selected and again whenever the day has changed. */
"use strict";

(() => {
  const { emit, live, on, say, set, state } = mainbreak;
  let known = null, asking = "", again = false;

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

  mainbreak.startStory = () => {
    on("incident", ask);
    mainbreak.onParts(["day.incidents", "day.tickets", "day.log", "outages"], ask);
    ask();
  };
})();

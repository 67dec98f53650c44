/* Put the desk together; afterwards lists, map and the answer in hand follow the events. */
"use strict";

(() => {
  const { call, live, office, put } = mainbreak;

  const day = async () => {
    const { last_event: last, ...tables } = await live.api("GET", "/api/console/day");
    put(tables);
    return last;
  };

  async function start() {
    await office.start("desk");
    const [ground, last] = await Promise.all([live.api("GET", "/api/console/ground"), day()]);
    put(ground);
    live.from(last);
    mainbreak.startCaller();
    const form = mainbreak.startForm(), actions = mainbreak.startActions(form), lists = mainbreak.startLists();
    mainbreak.startSide();
    mainbreak.startDeskMap();
    mainbreak.startKeys({ actions, form, lists });
    await lists.reload();
    const water = office.soon(() => { call.refresh(); day().catch(() => {}); }, 600), again = office.soon(lists.reload, 800);
    live.events(["outage.", "incident.", "visit."], water);
    live.events(["outage.", "incident.", "ticket."], ({ kind }) => { if (kind !== "ticket.read") again(); });
    mainbreak.on("reset", () => window.location.reload());
    office.ready();
    document.getElementById("asked").focus();
  }

  /** Without the network no call can be taken: say why, and where. */
  start().catch((error) => {
    if (!(error instanceof live.Refused) || !live.me) throw error;
    const line = document.getElementById("fault");
    line.textContent = live.explain(error);
    line.hidden = false;
    document.documentElement.dataset.ready = "";
  });
})();

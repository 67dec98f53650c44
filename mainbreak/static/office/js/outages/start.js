/* The public page: read the outages, then again when the server says so, and every 30 s anyhow. */
"use strict";

(() => {
  const { live, office, put } = mainbreak;
  let before = "";

  /** What matters of the list: when it changes, the answer that stands is asked again. */
  const gist = (items) => JSON.stringify(items.map(({ polygon, ...rest }) => rest));

  async function reload(parts) {
    try {
      const found = await live.api("GET", "/api/public/outages");
      parts.table.show(found);
      parts.areas.show(found.items);
      if (before && before !== gist(found.items)) parts.answer.again();
      before = gist(found.items);
    } catch (error) {
      if (!(error instanceof live.Refused)) throw error;
      parts.table.fail();
    }
  }

  async function ground() {
    try {
      return await live.api("GET", "/api/public/ground");
    } catch {
      return { streets: { names: [""], areas: [], lines: [], credit: "" } };
    }
  }

  async function start() {
    const [tables] = await Promise.all([ground(), office.start("outages")]);
    put(tables);
    const parts = { areas: mainbreak.startAreas(), table: mainbreak.startTable() };
    parts.answer = mainbreak.startAnswer((answer, move) => parts.areas.point(answer.place, move));
    await reload(parts);
    live.events(["outage."], office.soon(() => reload(parts)));
    mainbreak.on("reset", () => reload(parts));
    window.setInterval(() => reload(parts), 30000);
    office.ready();
  }

  start();
})();

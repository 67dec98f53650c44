/* The console: read the ground once and the day again after each event; draw only what changed. */
"use strict";

(() => {
  const { emit, live, put } = mainbreak;
  /** Events come in bursts: ms until they are read; crews move all the time. */
  const settle = 300, moved = 2000;
  const ground = ["network.", "premises.", "streets."], elsewhere = ["user.", "session.", "customer.", "ticket.read"];
  const written = new Map();
  let reading = null, again = false, waiting = 0, due = Infinity;

  /** Which parts of the day differ from what was read last. */
  function differences(day, outages, planned, closures) {
    const changed = new Set(["day"]);
    const parts = { outages, planned, closures, ...Object.fromEntries(Object.entries(day).filter(([name]) => name !== "now").map(([name, value]) => [`day.${name}`, value])) };
    for (const [name, value] of Object.entries(parts)) {
      const text = JSON.stringify(value);
      if (written.get(name) !== text) changed.add(name);
      written.set(name, text);
    }
    return changed;
  }

  async function readDay() {
    const { closures, day, last_event: last, outages, planned } = await live.api("GET", "/api/console/day");
    live.setClock(day.midnight + day.now);
    live.from(last);
    put({ closures, day, outages, planned }, differences(day, outages, planned, closures));
  }

  /** Read the day now; a reading under way is followed by one more, one that
      failed by another try. */
  function refresh() {
    if (reading) { again = true; return reading; }
    reading = readDay().catch((error) => { if (!(error instanceof live.Refused)) throw error; soon(moved); }).finally(() => {
      reading = null;
      if (again) { again = false; soon(); }
    });
    return reading;
  }

  /** Read soon, once for all that happens meanwhile. */
  function soon(delay = settle) {
    const at = performance.now() + delay;
    if (at >= due) return;
    window.clearTimeout(waiting);
    due = at;
    waiting = window.setTimeout(() => { due = Infinity; refresh(); }, delay);
  }

  function hear({ kind }) {
    const is = (prefixes) => prefixes.some((one) => kind.startsWith(one));
    if (is(ground)) window.location.reload();
    else if (!is(elsewhere)) soon(kind === "crew.moved" ? moved : settle);
  }

  function beat() {
    let seconds = 0;
    window.setInterval(() => {
      seconds += 1;
      emit("tick");
      if (seconds % 10 === 0) emit("slow");
      if (seconds % 60 === 0) emit("minute");
    }, 1000);
  }

  async function start() {
    await live.start("console");
    put(await live.api("GET", "/api/console/ground"));
    await readDay();
    mainbreak.startShell();
    const map = mainbreak.begin();
    mainbreak.startActions();
    mainbreak.startCards();
    mainbreak.startStory();
    mainbreak.startMajor();
    mainbreak.startPlacing(map);
    mainbreak.startPlanned(map);
    mainbreak.startClosures(map);
    mainbreak.startCriticality(map);
    mainbreak.startPlanTools();
    mainbreak.startWhatIf();
    mainbreak.startTabs();
    mainbreak.startNeeds();
    mainbreak.startSearch(map);
    mainbreak.startLiveKeys();
    live.events(null, hear);
    mainbreak.on("reset", () => window.location.reload());
    beat();
    document.documentElement.dataset.ready = "";
  }

  /** Without the server there is no page yet: ask again until it answers. */
  mainbreak.refresh = refresh;
  start().catch((error) => {
    window.setTimeout(() => window.location.reload(), 5000);
    throw error;
  });
})();

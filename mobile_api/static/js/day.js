/* The crew's day: what the server said last, and over it what was reported since. */
"use strict";

mainbreak.crew.day = (() => {
  const { emit, remember, remembered } = mainbreak;
  const { outbox, wire } = mainbreak.crew;
  const every = 10000, answersEvery = 6;
  const known = { me: null, visits: [], closures: [], readAt: 0, asked: 0, failure: null };
  let timer = 0, busy = false, again = false, tag = "";

  const ended = new Set(["declined", "cannot_complete", "field_complete"]);
  const moves = new Set(["accepted", "en_route", "on_site", "paused", ...ended]);

  /** Who this phone speaks for; remembered, so that a reload without a network still knows. */
  async function start() {
    try {
      known.me = await wire.call("GET", "/api/mobile/me");
      remember("crew.me", JSON.stringify(known.me));
      wire.setClock(known.me.now, known.me.speed);
    } catch (error) {
      known.me = JSON.parse(remembered("crew.me") || "null");
      if (!known.me || error.status !== 0) throw error;
    }
    Object.assign(known, JSON.parse(remembered(`crew.day.${known.me.crew.id}`) || "{}"));
    outbox.open(known.me.crew.id);
    await refresh();
  }

  async function refresh() {
    if (busy) { again = true; return; }
    busy = true;
    window.clearTimeout(timer);
    const started = Date.now();
    try {
      take(await wire.call("GET", "/api/mobile/visits"), started);
      await answers();
      outbox.reached();
      if (outbox.waiting().length) outbox.flush(false);
    } catch (error) {
      if (!(error instanceof wire.Failed)) throw error;
      known.failure = error;
      outbox.lost(error);
    } finally {
      busy = false;
    }
    emit("day");
    timer = window.setTimeout(() => { if (!document.hidden) refresh(); }, again ? 0 : every);
    again = false;
  }

  function take(told, started) {
    Object.assign(known, { visits: told.items, closures: told.closures || [], readAt: started, failure: null });
    wire.setClock(told.now, told.speed);
    remember(`crew.day.${known.me.crew.id}`, JSON.stringify({ visits: told.items, closures: known.closures, readAt: started }));
  }

  /** Now and then: did dispatch answer what contradicted? */
  async function answers() {
    known.asked += 1;
    if (known.asked % answersEvery !== 1 || !outbox.all().some((item) => item.outcome === "conflict")) return;
    outbox.answered((await wire.call("GET", "/api/mobile/reports")).items);
  }

  /** Reports the last reading cannot know of: unsent, or sent after it began. */
  const fresh = () => outbox.all().filter((item) =>
    item.state === "waiting" || (item.state === "sent" && item.outcome === "applied" && item.sentAt >= known.readAt));

  /** The visits as the crew sees them: what it reported counts at once. */
  function visits() {
    const shown = known.visits.map((visit) => ({
      ...visit, ended: false, isolation: visit.isolation && { order: visit.isolation.order.map((step) => ({ ...step })) },
      opening: visit.opening && visit.opening.map((step) => ({ ...step })),
    }));
    for (const report of fresh()) {
      const visit = shown.find((one) => one.work_order === report.work_order);
      if (visit) apply(visit, report);
    }
    return shown;
  }

  function apply(visit, report) {
    if (moves.has(report.kind)) {
      if (report.kind === "on_site" && !visit.on_site_at) visit.on_site_at = report.device_time;
      const opens = report.kind === "field_complete" && mayOpen(visit);
      Object.assign(visit, { state: report.kind, said: report.reason || "", ended: ended.has(report.kind) && !opens });
      return;
    }
    const shut = (visit.opening || []).find((one) => one.id === report.isolation_valve);
    if (shut && report.kind !== "valve_closed") {
      shut.state = report.kind === "valve_opened" ? "opened" : "jammed";
      number(visit.opening);
      return;
    }
    const order = visit.isolation ? visit.isolation.order : [];
    const step = order.find((one) => one.id === report.isolation_valve);
    if (!step) return;
    step.state = report.kind === "valve_closed" ? "closed" : "stuck";
    number(order);
  }

  /** The first that waits is the next one. */
  function number(order) {
    order.forEach((one) => { if (one.state === "next") one.state = "waiting"; });
    const next = order.find((one) => one.state === "waiting");
    if (next) next.state = "next";
  }

  /** The repair is done: what was held until then is offered. True if there is anything to open. */
  function mayOpen(visit) {
    const order = visit.opening || [];
    order.forEach((one) => { if (one.state === "held") one.state = "waiting"; });
    number(order);
    return order.some((one) => one.state === "next");
  }

  /** Leave nothing of the day on a phone that somebody else may take. */
  function forget() {
    try {
      for (const name of ["crew.me", `crew.day.${known.me.crew.id}`]) window.localStorage.removeItem(`mainbreak.${name}`);
    } catch { /* nothing was kept */ }
  }

  const visit = (id) => visits().find((one) => one.id === id);

  /** The map's tables, read again only when the visits or their outages look different. */
  async function ground() {
    const now = JSON.stringify(known.visits.map((one) => [one.id, one.isolation && one.isolation.order.map((step) => step.state), one.opening && one.opening.map((step) => step.state)]));
    if (now === tag) return;
    try {
      const tables = await wire.call("GET", "/api/mobile/ground");
      tag = now;
      mainbreak.put(tables);
      emit("ground");
    } catch (error) {
      if (!(error instanceof wire.Failed)) throw error; // the map stays as it is
    }
  }

  mainbreak.on("delivered", refresh);
  window.addEventListener("focus", () => known.me && refresh());
  window.addEventListener("online", () => known.me && refresh());
  document.addEventListener("visibilitychange", () => { if (!document.hidden && known.me) refresh(); });

  return { closures: () => known.closures || [], forget, ground, refresh, start, visit, visits, get failure() { return known.failure; }, get readAt() { return known.readAt; }, get me() { return known.me; } };
})();

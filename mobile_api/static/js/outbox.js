/* Reports on their way: kept first, shown at once, sent in order, each until the server has it. */
"use strict";

mainbreak.crew.outbox = (() => {
  const { emit } = mainbreak;
  const { wire } = mainbreak.crew;
  /** A report waits this long, so that a slip of the thumb can be undone. */
  const hold = 5000;
  /** Seconds between attempts while nobody answers. */
  const pauses = [1, 2, 4, 8, 15, 30, 60];
  const history = 100;
  /** Reports in one request; one at a time while the server cannot read them together. */
  let most = 50;
  const state = { offlineSince: null, sentAt: null, login: false, problem: "", busy: false };
  let shelf = null, timer = 0, failed = 0, flying = new Set(), asked = 0;

  const all = () => (shelf ? shelf.all() : []);
  const isWaiting = (item) => item.state === "waiting";
  const waiting = () => all().filter(isWaiting);

  function open(crew) {
    shelf = mainbreak.crew.shelf(crew);
    prune();
    plan(0);
  }

  /** Sent reports stay as history for a while; those with dispatch stay until answered. */
  function prune() {
    const done = all().filter((item) => item.state === "sent" && item.outcome !== "conflict");
    done.slice(0, Math.max(0, done.length - history)).forEach((item) => shelf.drop(item.key));
  }

  /** Keep a report; it is safe when this returns. */
  function add(report, shown) {
    const item = {
      id: newId(), device_time: new Date(wire.now() * 1000).toISOString(), ...report, shown,
      state: "waiting", made: Date.now(), outcome: null, conflict: null, detail: null,
    };
    const key = shelf.put(item);
    emit("outbox");
    plan(hold);
    return { ...item, key };
  }

  /** crypto.randomUUID exists over HTTPS and on this machine only; a phone may come over plain HTTP. */
  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  const canUndo = (item) => isWaiting(item) && !flying.has(item.id);

  /** Take a report back that has not left; true if it was in time. */
  function undo(key) {
    const item = all().find((one) => one.key === key);
    if (!item || !canUndo(item)) return false;
    shelf.drop(key);
    emit("outbox");
    return true;
  }

  function plan(delay) {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => flush(false), delay);
  }

  /** Send what may go; `at once` does not wait for second thoughts. */
  async function flush(atOnce) {
    if (atOnce) asked = Date.now();
    if (state.busy || !shelf) return;
    const due = waiting(), green = due.findIndex((item) => !isRipe(item));
    const ready = due.slice(0, green < 0 ? most : Math.min(green, most));
    if (ready.length) await send(ready);
    else if (due.length) plan(hold - (Date.now() - due[0].made) + 50);
  }

  /** Held long enough; a phone whose clock was set back holds nothing for hours. */
  const isRipe = (item) => item.made <= asked || Math.abs(Date.now() - item.made) >= hold;

  async function send(items) {
    state.busy = true;
    flying = new Set(items.map((item) => item.id));
    emit("outbox");
    try {
      const { items: told } = await wire.call("POST", "/api/mobile/reports/batch", { items: items.map(body) });
      const settled = items.filter((item, row) => settle(item, told[row]));
      if (!settled.length) throw new wire.Failed(502, {});
      reached();
      most = 50;
    } catch (error) {
      if (!(error instanceof wire.Failed)) throw error;
      if (!unreadable(error, items)) lost(error);
    } finally {
      state.busy = false;
      flying = new Set();
    }
    emit("outbox");
    if (waiting().length) plan(failed ? pauses[Math.min(failed, pauses.length) - 1] * 1000 : 0);
    if (!failed) emit("delivered");
  }

  /** A request that cannot be read as a whole is taken apart, so that one bad report stops no other. */
  function unreadable(error, items) {
    if (error.status !== 413 && error.status !== 422) return false;
    if (items.length > 1) most = 1;
    else shelf.change(items[0].key, { state: "refused", outcome: "refused", detail: { "zh-CN": error.message, en: error.message } });
    return true;
  }

  function body(item) {
    const { id, work_order, kind, device_time, reason, isolation_valve, lon, lat } = item;
    return { id, work_order, kind, device_time, reason, isolation_valve, lon, lat };
  }

  function settle(item, told) {
    if (!told || told.id !== item.id) return false; // another's answer: the report stays and is sent again
    const { outcome, conflict = null, detail = null } = told;
    shelf.change(item.key, { state: outcome === "refused" ? "refused" : "sent", outcome, conflict, detail, sentAt: Date.now() });
    state.sentAt = wire.now();
    return true;
  }

  /** The server answered. */
  function reached() {
    failed = 0;
    const was = state.offlineSince !== null || state.login || state.problem;
    Object.assign(state, { offlineSince: null, login: false, problem: "" });
    if (was) emit("outbox");
  }

  /** Nobody answered, or not as hoped; what waits stays. */
  function lost(error) {
    failed += 1;
    const away = error.status === 0 || error.status >= 500 || error.status === 429;
    if (away && state.offlineSince === null) state.offlineSince = wire.now();
    if (!away) state.offlineSince = null;
    state.login = error.status === 401;
    state.problem = away || state.login ? "" : error.message || String(error.status);
    emit("outbox");
  }

  /** The dispatcher's answers to what contradicted. */
  function answered(reports) {
    const told = new Map(reports.map((one) => [one.id, one]));
    for (const item of all()) {
      const now = told.get(item.id);
      if (now && item.outcome === "conflict" && now.outcome !== "conflict") shelf.change(item.key, { outcome: now.outcome });
    }
    emit("outbox");
  }

  window.addEventListener("online", () => flush(false));
  window.addEventListener("offline", () => lost(new wire.Failed(0, {})));
  window.addEventListener("focus", () => flush(false));
  document.addEventListener("visibilitychange", () => flush(document.hidden));
  window.addEventListener("storage", () => emit("outbox"));

  return {
    add, all, answered, canUndo, flush, lost, newId, open, reached, state, undo, waiting,
    get kept() { return shelf === null || shelf.kept; },
    isFlying: (item) => flying.has(item.id),
  };
})();

/* The served pages' line to the server: who I am, commands, the stream of events, the server's clock. */
"use strict";

mainbreak.live = (() => {
  const { emit, put, say, startTheme, startWords } = mainbreak;
  const listeners = [];
  /** `heard` is when the last byte came, or the line was opened, in this page's milliseconds. */
  const line = { lastEvent: null, heard: null, begun: false, lostAt: null };
  const silent = 5000, dead = 15000, waits = [500, 1000, 2000, 5000];
  const clock = { server: Date.now() / 1000, here: performance.now(), speed: 1 };
  let me = null, timer = 0;

  /** What the server refused: `status` and its problem; status 0 when it was not reached. */
  class Refused extends Error {
    constructor(status, problem, method = "GET") {
      super(problem.detail || problem.title || "");
      Object.assign(this, { status, problem, method });
    }
  }

  async function answer(response, method) {
    const text = await response.text();
    let body = null;
    try { body = text ? JSON.parse(text) : null; } catch { /* not JSON: only the status speaks */ }
    if (response.ok) return body;
    if (response.status === 401 && me && me.login) window.location.assign(`/login?next=${encodeURIComponent(window.location.pathname)}`);
    throw new Refused(response.status, body || {}, method);
  }

  /** Ask or command the server; rejects with `Refused`. */
  async function api(method, path, body) {
    const headers = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (method !== "GET" && me && me.csrf) headers["X-CSRF-Token"] = me.csrf;
    let response;
    try {
      response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    } catch {
      throw new Refused(0, {}, method);
    }
    return answer(response, method);
  }

  /** What a refusal means to the reader. */
  function explain(error) {
    if (!(error instanceof Refused)) throw error;
    if (error.status === 0) return say("live.away");
    if (error.status === 401) return say("live.gone");
    if (error.status === 403) return say("live.refused");
    return say(error.method === "GET" ? "live.unread" : "live.failed", { text: error.message });
  }

  /** The server's clock in epoch seconds; in a demo it may run fast. */
  const now = () => clock.server + ((performance.now() - clock.here) / 1000) * clock.speed;

  function setClock(instant, speed = clock.speed) {
    Object.assign(clock, { server: instant, here: performance.now(), speed });
  }

  /** Hear events of these kinds, all where `kinds` is null; a kind that ends in a dot is all of those:
      `listener({id, at, kind, subject, actor, payload})`. `on("reset")` tells that the server began anew. */
  function events(kinds, listener) {
    const wanted = (kind) => !kinds || kinds.some((one) => (one.endsWith(".") ? kind.startsWith(one) : kind === one));
    listeners.push({ wanted, listener });
    if (!timer) listen();
  }

  function listen() {
    line.heard = performance.now();
    timer = window.setInterval(() => emit("line", state()), 1000);
    follow();
  }

  /** Read the stream for ever; after a break go on behind the last event that came. */
  async function follow() {
    for (let failed = 0; ; failed += 1) {
      try {
        await read(() => { failed = -1; });
      } catch { /* cut off: wait and ask again */ }
      await new Promise((done) => { window.setTimeout(done, waits[Math.min(Math.max(failed, 0), waits.length - 1)]); });
    }
  }

  async function read(came) {
    const headers = { Accept: "text/event-stream" };
    if (line.lastEvent !== null) headers["Last-Event-ID"] = String(line.lastEvent);
    const abort = new AbortController();
    const watch = window.setInterval(() => { if (performance.now() - started > dead && quiet() > dead) abort.abort(); }, 1000);
    const started = performance.now();
    try {
      const response = await fetch("/api/events", { headers, signal: abort.signal, cache: "no-store" });
      if (!response.ok) await answer(response);
      await take(response.body.pipeThrough(new TextDecoderStream()).getReader(), came);
    } finally {
      window.clearInterval(watch);
    }
  }

  async function take(reader, came) {
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      came();
      const blocks = (rest + value).split(/\r?\n\r?\n/);
      rest = blocks.pop();
      blocks.forEach(tell);
    }
  }

  function heard() {
    const before = state();
    Object.assign(line, { heard: performance.now(), begun: true, lostAt: null });
    if (before.lost) emit("line", state());
  }

  function tell(block) {
    const found = { data: [] };
    for (const text of block.split(/\r?\n/)) {
      const cut = text.indexOf(":");
      if (cut <= 0) continue;
      const name = text.slice(0, cut), value = text.slice(cut + 1).replace(/^ /, "");
      if (name === "data") found.data.push(value);
      else found[name] = value;
    }
    if (found.id) line.lastEvent = Number(found.id);
    if (found.event === "stream.reset") emit("reset");
    else if (found.data.length) hear({ ...JSON.parse(found.data.join("\n")), id: line.lastEvent });
  }

  function hear(event) {
    for (const { wanted, listener } of listeners) if (wanted(event.kind)) listener(event);
  }

  const quiet = () => (line.heard === null ? Infinity : performance.now() - line.heard);

  /** Seconds since the last sign of life, and whether the line counts as lost, since when (server's clock). */
  function state() {
    const lost = line.heard !== null && quiet() > silent;
    if (lost && line.lostAt === null) line.lostAt = now() - (quiet() / 1000) * clock.speed;
    return { starting: !line.begun, lost, quiet: line.begun ? Math.round(quiet() / 1000) : 0, since: line.lostAt };
  }

  /** Load the words and who I am, then show both languages' switch and the theme. */
  async function start(page) {
    const [words, mine] = await Promise.all([api("GET", `/static/words/${page}.json`), api("GET", "/api/me")]);
    put({ words });
    me = mine;
    setClock(Date.parse(mine.now) / 1000, mine.speed || 1);
    startWords(mine.language);
    startTheme();
    return mine;
  }

  /** Hear only what happens after this event; a page that has just read the state says so. */
  const from = (id) => { line.lastEvent = Math.max(line.lastEvent ?? 0, id); };

  return { Refused, api, events, explain, from, now, setClock, start, state, get me() { return me; }, get speed() { return clock.speed; } };
})();

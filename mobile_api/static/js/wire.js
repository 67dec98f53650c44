/* The phone's line to the server: a clock that survives sleep and reload, requests that end in time. */
"use strict";

(() => {
  const { live, remember, remembered } = mainbreak;

  /** By the phone's wall clock and not by performance.now(), which rests while the phone sleeps. */
  const anchor = { server: Date.now() / 1000, here: Date.now(), speed: 1 };

  /** The server's clock at a moment of the phone's own, `Date.now()`. */
  const at = (here) => anchor.server + ((here - anchor.here) / 1000) * anchor.speed;

  /** The server's clock, epoch seconds; in a demo it may run fast. */
  const now = () => at(Date.now());

  function setClock(instant, speed) {
    Object.assign(anchor, { server: Date.parse(instant) / 1000, here: Date.now(), speed });
    remember("crew.clock", JSON.stringify(anchor));
  }

  function rememberedClock() {
    try { Object.assign(anchor, JSON.parse(remembered("crew.clock") || "{}")); } catch { /* as it is */ }
  }

  const wait = 15000;

  /** What went wrong: `status` 0 when nobody answered, else the server's, with its problem. */
  class Failed extends Error {
    constructor(status, problem) {
      super(problem.detail || problem.title || "");
      Object.assign(this, { status, problem });
    }
  }

  /** Ask the server; rejects with `Failed`. Unlike live.api it never leaves the page. */
  async function call(method, path, body) {
    const stop = new AbortController(), timer = window.setTimeout(() => stop.abort(), wait);
    const headers = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (method !== "GET") headers["X-CSRF-Token"] = live.me.csrf || "";
    try {
      const sent = body === undefined ? undefined : JSON.stringify(body);
      const response = await fetch(path, { method, headers, body: sent, signal: stop.signal, cache: "no-store" });
      const text = await response.text();
      return read(response, text);
    } catch (error) {
      throw error instanceof Failed ? error : new Failed(0, {});
    } finally {
      window.clearTimeout(timer);
    }
  }

  function read(response, text) {
    let body = null;
    try { body = text ? JSON.parse(text) : null; } catch { /* not JSON: only the status speaks */ }
    if (!response.ok) throw new Failed(response.status, body || {});
    if (body === null) throw new Failed(0, {}); // a page in between, such as a hotel's log-in
    return body;
  }

  rememberedClock();
  mainbreak.crew.wire = { Failed, at, call, now, setClock };
})();

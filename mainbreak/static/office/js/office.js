/* What the office's pages share beyond the shell: instants and ages as people say them, toast, title. */
"use strict";

mainbreak.office = (() => {
  const { ago, el, live, on, say, state, wallClock } = mainbreak;
  const old = 30 * 60;
  const sources = { plan: "by.plan", crew: "by.crew", dispatcher: "by.dispatcher" };

  const seconds = (instant) => Date.parse(instant) / 1000;
  const age = (instant) => Math.max(0, live.now() - seconds(instant));
  const parts = (value, options) =>
    new Intl.DateTimeFormat(state.language, { timeZone: live.me.zone, ...options }).format(value * 1000);
  const day = (value) => parts(value, { year: "numeric", month: "numeric", day: "numeric" });
  const isToday = (instant) => day(seconds(instant)) === day(live.now());

  /** 07:30, or 24 Nov 07:30 on another day than today. */
  function clock(instant) {
    const hour = wallClock(seconds(instant), live.me.zone);
    return isToday(instant) ? hour : `${parts(seconds(instant), { month: "short", day: "numeric" })} ${hour}`;
  }

  /** Both ends of a window; the second without its date where both lie on one day. */
  function span(from, to) {
    const hour = day(seconds(from)) === day(seconds(to)) && wallClock(seconds(to), live.me.zone);
    return { from: clock(from), to: hour || clock(to) };
  }

  /** When supply is restored, as one object: time, latest time with source and age, too old, already past. */
  function etr(one) {
    if (!one) return { known: false, passed: false, old: false, time: say("back.unknown"), source: say("back.willSay") };
    const passed = seconds(one.at) <= live.now(), latest = !passed && one.latest && say("etr.latest", { time: clock(one.latest) });
    return {
      known: true, passed, old: age(one.said_at) > old, time: passed ? say("etr.passed") : clock(one.at),
      source: [latest, say(sources[one.source]), ago(age(one.said_at))].filter(Boolean).join(" · "),
    };
  }

  /** A name that is a text, or one in both languages. */
  const named = (name) => (name && typeof name === "object" ? name[state.language] : name) || "mainbreak";

  /** The utility's name where the page shows it, and the page's title. */
  function title() {
    const place = document.getElementById("utility"), heading = document.querySelector("h1");
    if (place) place.textContent = named(live.me.utility);
    document.title = [heading && heading.textContent, named(live.me.utility)].filter(Boolean).join(" · ");
  }

  /** A line at the bottom for six seconds; what needs a decision stands in the page instead. */
  function toast(...content) {
    document.querySelector(".toast")?.remove();
    const line = el("div", { class: "toast", role: "status" }, content);
    document.body.append(line);
    window.setTimeout(() => line.remove(), 6000);
  }

  /** Call `act` once for the many calls of a moment, at that moment's end. */
  function soon(act, wait = 400) {
    let timer = 0;
    return () => {
      if (!timer) timer = window.setTimeout(() => { timer = 0; act(); }, wait);
    };
  }

  /** Words and who I am, then the head; without them there is nothing to say, so try again soon. */
  async function start(page) {
    try {
      await live.start(page);
    } catch (error) {
      window.setTimeout(() => window.location.reload(), 5000);
      throw error;
    }
    mainbreak.startShell();
    on("redraw", title);
    title();
  }

  /** The page answers from now on: what a browser would have sent by itself before is open. */
  function ready() {
    for (const part of document.querySelectorAll("[inert]")) part.inert = false;
    document.documentElement.dataset.ready = "";
  }

  return { age, ago: (instant) => ago(age(instant)), clock, etr, isToday, named, ready, soon, span, start, toast };
})();

/* Closures in words: how a street is driven now, until when, by whose word; and what a page asks of one. */
"use strict";

mainbreak.closures = (() => {
  const { clock, data, facts, live, number, say, state } = mainbreak;
  const hour = 3600, day = 86400;

  const all = () => data("closures");
  const find = (id) => all().find((one) => one.id === id);

  /** Whether it holds: `coming`, `now` or `over`, by the clock. */
  function stage(one, now = facts.now()) {
    if (one.since > now) return "coming";
    return one.until !== null && one.until <= now ? "over" : "now";
  }

  const isClosed = (one) => one.factor === 0;
  const street = (one) => one.street || say("closure.unnamed");

  /** Closed, or the share of the usual speed. */
  const speed = (one) => (isClosed(one) ? say("closure.closed") : say("closure.slow", { n: Math.round(one.factor * 100) }));
  const chip = (one) => ({ coming: say("closure.coming"), now: speed(one), over: say("closure.over") })[stage(one)];

  /** 07:30, with the date where it is not today's. */
  function when(seconds) {
    if (seconds >= 0 && seconds < day) return clock(seconds);
    return new Intl.DateTimeFormat(state.language, { timeZone: live.me.zone, month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
      .format((data("day").midnight + seconds) * 1000);
  }

  function span(one) {
    const until = one.until === null ? say("closure.untilLifted") : say("closure.until", { time: when(one.until) });
    return stage(one) === "coming" ? `${say("closure.from", { time: when(one.since) })} ${until}` : until;
  }

  const crewName = (id) => data("day").crews.find((crew) => crew.id === id)?.name || id;

  /** Whose word it is, and since when. */
  function by(one) {
    if (one.crew) return say("closure.byCrew", { crew: crewName(one.crew), time: when(one.made) });
    return say("closure.by", { name: data("day").people[one.by] || one.by, time: when(one.made) });
  }

  const extent = ({ streets, metres }) => say(streets === 1 ? "closure.touchesOne" : "closure.touches", { n: number(streets), m: number(metres) });
  const entry = (one) => say(one.entry ? "closure.entry" : "closure.noEntry");

  /** Ends that can be chosen: each the instant as the server takes it, null until somebody lifts it. */
  const ends = {
    hour: () => after(hour), hours: () => after(4 * hour),
    today: () => new Date((data("day").midnight + day) * 1000).toISOString(), lifted: () => null,
  };
  const after = (seconds) => new Date((live.now() + seconds) * 1000).toISOString();
  const instant = (seconds) => (seconds === null ? null : new Date((data("day").midnight + seconds) * 1000).toISOString());

  return { all, by, chip, crewName, ends, entry, extent, find, instant, isClosed, span, speed, stage, street, when };
})();

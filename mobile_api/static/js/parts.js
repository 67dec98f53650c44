/* Small pieces of every screen: buttons, chips, times, distances. */
"use strict";

mainbreak.crew.parts = (() => {
  const { el, glyphs, live, number, say } = mainbreak;
  const { icons, wire } = mainbreak.crew;

  /** A button; `look` is one of primary, plain, danger, and `key` keeps the focus over a redraw. */
  function button(text, onclick, { look = "plain", icon = "", key = "", label = null } = {}) {
    const name = `act is-${look}`;
    return el("button", { type: "button", class: name, onclick, "data-key": key || null, "aria-label": label }, icon && icons(icon), text);
  }

  const link = (text, href, { look = "plain", icon = "", key = "" } = {}) =>
    el("a", { class: `act is-${look}`, href, "data-key": key || null }, icon && icons(icon), text);

  /** Out of the page: a web page beside it, an app over it. */
  function outside(text, href, { look = "plain", onclick = () => {} } = {}) {
    const beside = href.startsWith("https:") ? { target: "_blank", rel: "noopener noreferrer" } : {};
    return el("a", { class: `act is-${look}`, href, onclick, ...beside }, text);
  }

  const chip = (text, look = "") => el("span", { class: `chip ${look}` }, text);

  const priority = (name) => {
    const p = Number(name.slice(1));
    const shape = glyphs.node(glyphs.priority(p, 36 / 28));
    shape.removeAttribute("aria-hidden");
    shape.setAttribute("role", "img");
    shape.setAttribute("aria-label", name);
    return shape;
  };

  const clock = (instant) => mainbreak.wallClock(Date.parse(instant) / 1000, live.me.zone || "Asia/Shanghai");
  const clockOf = (seconds) => mainbreak.wallClock(seconds, live.me.zone || "Asia/Shanghai");

  /** When the crew arrives: 10:41–10:55, or one time where nothing better is known. */
  function arrival({ eta, eta_range: range }) {
    const [likely, latest] = range ? [clock(range.p50), clock(range.p90)] : [clock(eta), clock(eta)];
    return likely === latest ? likely : say("eta.span", { likely, latest });
  }

  const asksArrived = (visit) => visit.state === "en_route" && Boolean(visit.arrival_seen_at);

  /** The phone stands at the work: have they arrived? */
  const seen = (visit) => asksArrived(visit) && el("div", { class: "note is-good" }, icons("here"),
    el("div", {}, el("b", {}, say("visit.seen", { time: clock(visit.arrival_seen_at) })), el("p", {}, say("visit.seenHint"))));

  /** One tap: arrived, at the time the phone stood there. */
  const arrived = (visit) => button(say("do.arrivedAt", { time: clock(visit.arrival_seen_at) }),
    () => mainbreak.crew.reporting.move(visit.id, "on_site", { device_time: visit.arrival_seen_at }),
    { look: "primary", key: `${visit.id}.arrived` });

  /** A length of time in words, whole minutes. */
  function span(seconds) {
    const minutes = Math.floor(Math.max(0, seconds) / 60);
    if (minutes < 1) return say("lasting.now");
    if (minutes < 60) return say("lasting.minutes", { n: minutes });
    return say("lasting.hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
  }

  function way(metres) {
    if (metres < 950) return say("visit.m", { n: Math.round(metres / 10) * 10 });
    return say("visit.km", { n: number(Math.round(metres / 100) / 10) });
  }

  /** 03:20, with its day unless that is today. */
  function dated(instant) {
    const day = (seconds) => mainbreak.wallClock(seconds, live.me.zone || "Asia/Shanghai", { day: "2-digit", month: "2-digit" });
    const ahead = (seconds) => day(wire.now() + seconds), own = day(Date.parse(instant) / 1000), time = clock(instant);
    if (own === ahead(0)) return time;
    return own === ahead(86400) ? say("visit.tomorrow", { time }) : say("visit.onDay", { day: own.split("/").reverse().join("-"), time });
  }

  /** 时限 03:20, or 已过 3 分 in red. */
  function due(visit) {
    if (!visit.due_on_site) return null;
    const over = wire.now() - Date.parse(visit.due_on_site) / 1000;
    return over > 0 ? { text: say("visit.late", { span: span(over) }), late: true } : { text: dated(visit.due_on_site), late: false };
  }

  const circled = (value) => (value >= 1 && value <= 20 ? String.fromCodePoint(0x245f + value) : String(value));

  const stateLook = { assigned: "is-turn", accepted: "", en_route: "is-go", on_site: "is-go", paused: "is-wait" };
  const stateChip = (visit, row) => chip(`${row + 1} · ${say(`visitState.${visit.state}`)}`, stateLook[visit.state] || "");

  return { arrival, arrived, asksArrived, button, chip, circled, clock, clockOf, dated, due, link, outside, priority, seen, span, stateChip, way };
})();

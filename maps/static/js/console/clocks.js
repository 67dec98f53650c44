/* Service clocks as chips: a ring that fills, the step, what remains; late ones red and counting up.
   On a planned day: on site in time, late, or nobody assigned. */
"use strict";

(() => {
  const { clock, el, facts, glyphs, say, span } = mainbreak;

  /** A ring filled by the share of the time that is used up. */
  function ring(share) {
    const full = Math.min(0.999, Math.max(0, share)), angle = 2 * Math.PI * full;
    const [x, y] = [8 + 6 * Math.sin(angle), 8 - 6 * Math.cos(angle)];
    const slice = `M8 8V2A6 6 0 ${full > 0.5 ? 1 : 0} 1 ${x.toFixed(2)} ${y.toFixed(2)}z`;
    return glyphs.node(glyphs.ring(slice));
  }

  const step = (one) => say(`sla.${one.step}`);

  function met(one) {
    const took = one.met - one.from, late = one.met > one.due;
    return el("span", { class: `due ${late ? "is-missed" : "is-met"}` }, glyphs.node(glyphs.tools.met), step(one), " ", el("b", {}, span(took)));
  }

  function running(one, now) {
    const left = one.due - now, share = (now - one.from) / (one.due - one.from);
    if (left < 0) {
      return el("span", { class: "due is-late" }, glyphs.node(glyphs.tools.late), step(one), " ", el("b", {}, say("sla.over", { span: span(left) })));
    }
    return el("span", { class: `due ${share > 0.75 ? "is-soon" : "is-running"}` }, ring(share), step(one), " ", el("b", {}, span(left)));
  }

  const chip = (one, now) => (one.met === null ? running(one, now) : met(one));

  /** The planned day's chip: in time (tick), late (red, by how much) or nobody assigned. */
  function planned(row) {
    const due = facts.onSite(row);
    if (due.state === "open") return el("span", { class: "due is-open" }, glyphs.node(glyphs.tools.open), say("sla.open"));
    if (due.state === "late") {
      return el("span", { class: "due is-late" }, glyphs.node(glyphs.tools.late),
        say("sla.onSite"), " ", el("b", {}, say("sla.over", { span: span(due.left) })));
    }
    return el("span", { class: "due is-met", title: due.left === null ? null : say("sla.spare", { span: span(due.left) }) },
      glyphs.node(glyphs.tools.met), say("sla.onSite"), " ", el("b", {}, clock(due.eta)));
  }

  /** The most pressing clock of an incident. */
  function worst(row) {
    const { clocks } = facts.incident(row), open = clocks.filter((one) => one.met === null);
    return open[0] || clocks.at(-1);
  }

  function clockChip(row) {
    if (!facts.facts().day.live) return planned(row);
    const paused = facts.visitsOf(row).find((visit) => visit.state === "paused");
    if (paused) return el("span", { class: "due is-running" }, glyphs.node(glyphs.tools.pause), paused.said || say("visitState.paused"));
    return chip(worst(row), facts.now());
  }

  /** Every clock of an incident, the most pressing first. */
  function clockChips(row) {
    if (!facts.facts().day.live) return [planned(row)];
    const first = worst(row);
    return [first, ...facts.incident(row).clocks.filter((one) => one !== first && one.met !== null)].map((one) => chip(one, facts.now()));
  }

  function stateChip(row) {
    const { state: word } = facts.incident(row);
    return el("span", { class: `chip is-${word}` }, say(`incident.${word}`));
  }

  Object.assign(mainbreak, { chip, clockChip, clockChips, stateChip });
})();

/* Of an incident: who is without water, who among them is critical, when supply is back and who says so. */
"use strict";

mainbreak.figure = (value, label, look = "", extra = null) => mainbreak.el("div", { class: `figure ${look}` },
  mainbreak.el("b", {}, value, extra && mainbreak.el("small", {}, extra)), mainbreak.el("span", {}, label));

mainbreak.parts.outage = (row) => {
  const { ago, clock, el, facts, figure, number, part, say, some } = mainbreak;
  const outage = facts.outageOf(row), { day } = facts.facts();
  if (!outage) return null;

  function counted(words) {
    const counts = new Map();
    for (const word of words) counts.set(word, (counts.get(word) || 0) + 1);
    return [...counts].map(([word, count]) => (count > 1 ? `${word} ×${count}` : word)).join(" · ");
  }

  function more() {
    const found = [], beyond = outage.out - outage.inSegment;
    const critical = counted(outage.critical.map(([, , kind, name]) => name || say(`premises.${kind}`)));
    if (critical) found.push(say("outage.critical", { list: critical }));
    if (outage.unintended.length) found.push(say("outage.unintended", { pipes: outage.unintended.length, n: number(beyond) }));
    if (outage.hydrants.length && !facts.isGone(outage)) found.push(say("outage.hydrants", { n: outage.hydrants.length, ids: some(outage.hydrants) }));
    if (outage.dryBefore.length) found.push(say("outage.dryBefore", { n: outage.dryBefore.length }));
    return found;
  }

  /** Time, source and age are one object; a time that has passed is no time. */
  function back() {
    const at = facts.restored(row);
    if (!day.live) return figure(at === null ? "–" : clock(at), say("outage.etr", { now: clock(day.now) }));
    if (outage.restored !== null) return figure(clock(outage.restored), say("outage.restored"), "is-ok");
    if (!outage.etr) return figure("–", say("etr.unknown"));
    const latest = outage.etr.latest !== null && say("etr.latest", { time: clock(outage.etr.latest) });
    const source = [latest, say(`etrSource.${outage.etr.source}`), ago(facts.now() - outage.etr.said)].filter(Boolean).join(" · ");
    if (outage.etr.at < facts.now()) return figure(clock(outage.etr.at), say("etr.passed"), "is-late is-struck");
    return figure(clock(outage.etr.at), source, facts.now() - outage.etr.said > 1800 ? "is-old" : "");
  }

  /** ① V-207: an isolation valve by its number in the closing order. */
  const valve = (id) => `${mainbreak.circled((outage.numbered || []).indexOf(id) + 1)} ${id}`;

  /** One line a valve turned: when, which, who is out or back, what the time before it cost. */
  function step({ at, valve: id, open, out, back: again, minutes }) {
    const did = say(open ? "step.opened" : "step.closed", { valve: valve(id) });
    const who = again ? say("step.back", { n: number(again), out: number(out) }) : say("step.out", { n: number(out) });
    return el("li", { class: `supply-step ${open ? "is-open" : ""}` }, el("span", { class: "when" }, clock(at)), el("b", {}, did),
      el("span", { class: "count" }, who), el("span", { class: "count" }, minutes ? say("step.minutes", { n: number(minutes) }) : ""));
  }

  function steps() {
    if (!outage.steps || !outage.steps.length) return null;
    return el("details", { id: "supply-steps", open: true }, el("summary", {}, say("step.title", { n: number(outage.minutes) })),
      el("ol", { class: "supply-steps" }, outage.steps.map(step)));
  }

  const actual = outage.actual == null || facts.isGone(outage) ? null : `/ ${number(outage.out)}`;
  const then = outage.proposal && outage.proposal.more ? `→ ${number(outage.proposal.out)}` : null;
  const thenCritical = outage.proposal && outage.proposal.critical.length ? `→ ${outage.critical.length + outage.proposal.critical.length}` : null;
  const label = actual ? say("outage.actual") : facts.isDry(outage) ? say("outage.premisesOut") : facts.isGone(outage) ? say("outage.premisesWere") : say("outage.premises");
  return part("outage", say(`outage.${outage.state}`), mainbreak.etrButton && mainbreak.etrButton(outage),
    el("div", { class: "figures" }, figure(number(actual ? outage.actual : outage.out), label, "is-dry", [actual, then].filter(Boolean).join(" ") || null),
      figure(outage.critical.length, say("outage.criticalCount"), "", thenCritical), back()),
    mainbreak.etrEditor && mainbreak.etrEditor(outage), el("ul", { class: "small" }, more().map((text) => el("li", {}, text))), steps());
};

/* Of an incident: which isolation valves to shut in which order, what failed and what to do instead. */
"use strict";

/** What must be read before anything is shut, as a sentence of its own. */
mainbreak.caution = (words) => {
  const { el, glyphs, sentence } = mainbreak, text = sentence(words);
  return el("p", { class: "alert" }, glyphs.node(glyphs.tools.warning), text.charAt(0).toUpperCase() + text.slice(1));
};

mainbreak.parts.isolation = (row) => {
  const { data, el, facts, glyphs, isolationValves, number, part, say } = mainbreak;
  const outage = facts.outageOf(row), { pipes } = facts.facts(), { live } = data("day");
  if (!outage) return null;
  const few = 2, turns = isolationValves.turns(outage), { optional, stuck } = isolationValves.others(outage);

  /** Which pipe an isolation valve sits on, as a crew looks for it. */
  function under(id) {
    const valve = isolationValves.row(id);
    if (!valve || valve[6] < 0) return "";
    return `${pipes.roads[pipes.road[valve[6]]]} DN${pipes.dn[valve[6]]}`.trim();
  }

  const line = (id, sign, drawn, word, look = "") => el("li", { class: `turn ${look}` }, sign, glyphs.node(glyphs.bowtie(drawn)),
    el("b", {}, id), el("span", { class: "count" }, under(id)), el("span", {}, word));

  const words = { waiting: "isolation.toClose", next: "isolation.next", closed: "isolation.closed", opened: "isolation.opened", stuck: "isolation.failed",
    dropped: "isolation.dropped", added: "isolation.added" };

  function turn({ id, number, state }) {
    const drawn = { closed: "closed", stuck: "inoperable" }[state] || isolationValves.state(id);
    return line(id, glyphs.node(glyphs.order(String(number), state)), drawn, say(words[state]), `is-${state}`);
  }

  const cannot = (id) => line(id, el("span", { class: "no-order" }, "✕"), "inoperable", say("isolation.stuck"), "is-stuck");
  const may = (id) => line(id, glyphs.node(glyphs.order("o", "optional")), isolationValves.state(id), say("isolation.optional"), "is-optional");

  function detail() {
    const due = turns.filter((one) => ["waiting", "next"].includes(one.state)).length, done = turns.filter((one) => one.state === "closed").length;
    if (!live) return say("isolation.order", { n: outage.close.length });
    const shut = turns.filter((one) => one.state === "closed" && isolationValves.state(one.id) === "closed").length;
    if (facts.isGone(outage)) return [say(`outage.${outage.state}`), shut && say("isolation.leftShut", { n: shut })].filter(Boolean).join(" · ");
    if (facts.isBlocked(outage)) return say("isolation.blocked", { n: done, all: outage.close.length });
    const opened = turns.filter((one) => one.state === "opened").length;
    if (opened && !due) return say("isolation.opening", { n: opened, all: opened + done });
    return due ? say("isolation.progress", { n: done, all: done + due }) : say("isolation.done");
  }

  /** Many that need not be shut are folded away. */
  const folded = () => optional.length > few && el("details", { id: "more-optional" }, el("summary", {}, say("isolation.more", { n: optional.length })),
    el("ol", { class: "turns" }, optional.map(may)));

  /** The tanks' hours left stand among the warnings. */
  const extent = el("p", { class: "small", id: "isolation-extent" },
    say("isolation.extent", { metres: number(outage.metres), litres: number(outage.litres) }));
  const warnings = outage.warnings.map(mainbreak.caution);
  const again = outage.resupply.length > 0 && el("p", { class: "small" }, say("isolation.resupply", { ids: outage.resupply.join(", ") }));
  const alert = mainbreak.stuckAlert && mainbreak.stuckAlert(row, outage);
  return part("isolation", detail(), alert, ...warnings,
    el("ol", { class: "turns" }, turns.map(turn), stuck.map(cannot), optional.length > few ? [] : optional.map(may)), folded(), again, extent);
};

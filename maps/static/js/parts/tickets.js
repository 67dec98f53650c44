/* Of an incident: who reported it, in their words, and when the calls came. */
"use strict";

mainbreak.parts = {};

/** A section of the panel: its head, what it says in a word, what may be done. */
mainbreak.part = (key, detail, ...children) => {
  const { el, say } = mainbreak, actions = children.filter((child) => child instanceof Element && child.matches("button, kbd, .spark"));
  return el("section", { class: `part part-${key}` },
    el("div", { class: "part-head" }, el("h3", {}, say(`part.${key}`), " ", el("span", { class: "count" }, detail)), actions),
    ...children.filter((child) => child && !actions.includes(child)));
};

mainbreak.parts.tickets = (row) => {
  const { clock, el, facts, glyphs, number, part, say } = mainbreak;
  const { day } = facts.facts(), all = facts.incident(row).tickets.map((ticket) => day.tickets[ticket]);
  const recent = 300; // s

  const item = (ticket) => el("li", {}, el("span", { class: "when" }, clock(ticket.at)), " ",
    el("span", { class: "words" }, ticket.text ? say("ticket.words", { text: ticket.text }) : say(`symptom.${ticket.symptom}`)));

  /** When the calls came: twelve bars from the first to the last. */
  function spark() {
    if (all.length < 4) return null;
    const times = all.map((ticket) => ticket.at), first = Math.min(...times), whole = Math.max(...times) - first || 1;
    const counts = Array(12).fill(0);
    for (const time of times) counts[Math.min(11, Math.floor(((time - first) / whole) * 12))] += 1;
    const most = Math.max(...counts);
    const bars = counts.map((count, bar) => {
      const tall = count ? 2 + (12 * count) / most : 1;
      return `<rect x="${bar * 5.5}" y="${14 - tall}" width="4" height="${tall}"/>`;
    });
    return glyphs.node(`<svg class="spark" width="66" height="14" aria-hidden="true">${bars.join("")}</svg>`);
  }

  const came = day.live ? all.filter((ticket) => facts.now() - ticket.at < recent).length : 0;
  const shown = day.live ? [...all].reverse() : all;
  const rest = shown.length > 3 && el("details", { id: "more-tickets" }, el("summary", {}, say("ticket.more", { n: shown.length - 3 })),
    el("ul", { class: "calls" }, shown.slice(3).map(item)));
  const detail = came ? `${number(all.length)} · ${say("ticket.recent", { n: came })}` : number(all.length);
  const editor = mainbreak.regroupEditor && mainbreak.regroupEditor(row);
  if (editor) return part("tickets", detail, editor);
  return part("tickets", detail, spark(), mainbreak.regroupButton && mainbreak.regroupButton(row), el("ul", { class: "calls" }, shown.slice(0, 3).map(item)), rest,
    mainbreak.outlierList && mainbreak.outlierList());
};

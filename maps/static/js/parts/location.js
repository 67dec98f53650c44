/* Of an incident: the pipe it was put on and how sure that is. */
"use strict";

mainbreak.parts.location = (row) => {
  const { el, facts, part, say } = mainbreak;
  const { day, pipes } = facts.facts(), one = facts.incident(row);
  if (one.pipe < 0) return part("location", say("location.none"));
  const material = pipes.materials[pipes.material[one.pipe]];
  const what = [pipes.id[one.pipe], `DN${pipes.dn[one.pipe]} ${material}`.trim(), pipes.year[one.pipe] || ""].filter(Boolean);
  const suspects = mainbreak.suspectList && mainbreak.suspectList();
  if (suspects) return part("location", what.join(" · "), suspects);
  const best = one.tickets.map((ticket) => day.tickets[ticket]).reduce((a, b) => (b.sure > a.sure ? b : a), { sure: 0 });
  if (!best.found) return part("location", what.join(" · "));
  const bar = el("div", { class: "sure-bar", role: "img", "aria-label": `${best.sure}%` }, el("i", {}));
  bar.firstChild.style.width = `${best.sure}%`;
  return part("location", what.join(" · "), el("b", { class: "sure" }, `${best.sure}%`), bar,
    el("p", { class: "small" }, say(`found.${best.found}`)));
};

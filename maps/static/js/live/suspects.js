/* Where the fault may be: the segments by their chance, the likeliest first; a row shows its segment. */
"use strict";

(() => {
  const { el, number, say, set, state } = mainbreak;
  const few = 4, least = 0.01; // rows; the chance below which a segment is not worth a look

  /** Nothing is certain before somebody has dug. */
  const percent = (share) => (share > 0.99 ? ">99" : share > 0 && share < 0.005 ? "<1" : number(Math.round(share * 100)));
  const name = (one) => [one.road, one.pipe].filter(Boolean).join(" ");

  /** The selected incident's suspects that are worth a look, the likeliest first. */
  mainbreak.suspects = () => {
    const told = mainbreak.story();
    return told ? told.suspects.filter((one) => one.probability >= least) : [];
  };

  mainbreak.chance = (one) => say("suspects.percent", { n: percent(one.probability) });

  function row(one, place) {
    const bar = el("i", { class: place ? "" : "is-first" });
    bar.style.width = `${Math.max(1, one.probability * 100)}%`;
    const point = (on_) => () => set("suspect", on_ ? one.pipe : "");
    return el("li", {}, el("button", {
      type: "button", class: `suspect ${state.suspect === one.pipe ? "is-shown" : ""}`, "data-key": `suspect ${one.pipe}`, title: say("suspects.see", { name: name(one) }),
      onmouseenter: point(true), onmouseleave: point(false), onfocus: point(true), onblur: point(false), onclick: () => mainbreak.seeSuspect(one),
    }, el("span", { class: "suspect-name" }, name(one)), el("b", {}, mainbreak.chance(one)), el("span", { class: "suspect-bar" }, bar)));
  }

  /** The list for the panel, null where nothing is suspected. */
  mainbreak.suspectList = () => {
    const all = mainbreak.suspects();
    if (!all.length) return null;
    const rest = 1 - all.reduce((sum, one) => sum + one.probability, 0), more = all.slice(few);
    return el("div", { class: "suspects", role: "group", "aria-label": say("suspects.title") },
      el("p", { class: "small" }, el("b", {}, say("suspects.title")), " · ", say("suspects.basis")),
      el("ol", {}, all.slice(0, few).map(row)),
      more.length > 0 && el("details", { id: "more-suspects" }, el("summary", {}, say("suspects.more", { n: more.length })), el("ol", {}, more.map((one, at) => row(one, few + at)))),
      rest >= 0.01 && el("p", { class: "small suspect-rest" }, say("suspects.rest", { n: percent(rest) })));
  };
})();

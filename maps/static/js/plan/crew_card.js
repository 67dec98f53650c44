/* A crew: what it does, what it has ahead; its day locked, the crew away or back, each with what that means
   above the button. */
"use strict";

(() => {
  const { actionButton, cardParts, cards, clock, closures, command, crews, data, el, facts, glyphs, lane, plan, say, set, state, undoable } = mainbreak;
  const { chip, head, may, redraw, section } = cardParts;
  const choice = { crew: "", why: "ill", until: "lifted" };
  const path = (id, step) => `/api/crews/${encodeURIComponent(id)}/${step}`;
  const own = (row) => facts.facts().day.visits.filter((visit) => visit.crew === row && visit.order >= 0 && visit.ended == null).sort((a, b) => a.start - b.start);
  const hold = (crew, kind) => crew.holds.find((one) => one.kind === kind);

  /** 未定 or the time it ends. */
  const until = (one) => (one.until === null ? say("hold.untilBack") : say("hold.until", { time: closures.when(one.until) }));

  async function run(crew, step, body, told, name, back) {
    if (!await command(path(crew.id, step), body, told)) return;
    set("editor", "");
    undoable(name, () => command(path(crew.id, back.step), back.body, say("undo.done")));
  }

  const words = (one) => ({ reason: one.reason, until: one.until === null ? null : closures.instant(one.until) });

  function lock(crew) {
    run(crew, "lock", { reason: "", until: null }, say("hold.lockDone", { crew: crew.name }), say("hold.lockName", { crew: crew.name }), { step: "unlock", body: {} });
  }

  function unlock(crew) {
    run(crew, "unlock", {}, say("hold.unlockDone", { crew: crew.name }), say("hold.unlockName", { crew: crew.name }), { step: "lock", body: words(hold(crew, "locked")) });
  }

  function leave(crew) {
    const ends = { hour: closures.ends.hour, shift: () => closures.instant(crew.shift[1]), lifted: () => null };
    run(crew, "away", { reason: say(`hold.why.${choice.why}`), since: null, until: ends[choice.until]() }, say("hold.awayDone", { crew: crew.name }), say("hold.awayName", { crew: crew.name }), { step: "back", body: {} });
  }

  function back(crew) {
    const one = hold(crew, "away");
    run(crew, "back", {}, say("hold.backDone", { crew: crew.name }), say("hold.backName", { crew: crew.name }), { step: "away", body: { ...words(one), since: closures.instant(one.since) } });
  }

  const pick = (name, value, text) => el("button", { type: "button", class: "choice", "data-key": `${name} ${value}`, "aria-pressed": String(choice[name] === value), onclick: () => { choice[name] = value; redraw(); } }, text);
  const choices = (name, label, values, text) => el("div", { class: "closure-choices", role: "group", "aria-label": label }, el("span", { class: "small" }, label), values.map((value) => pick(name, value, text(value))));

  /** What goes to others and what stays until a dispatcher has decided. */
  function consequence(visits) {
    const begun = visits.filter(plan.begun), pinned = visits.filter((visit) => visit.pinned && !plan.begun(visit)), open = visits.length - begun.length - pinned.length;
    return [open || !visits.length ? say("hold.awayText", { n: open }) : "", begun.length ? say("hold.awayBegun", { n: begun.length }) : "", pinned.length ? say("hold.awayPinned", { n: pinned.length }) : ""].filter(Boolean).join(" ");
  }

  function leaving(crew, visits) {
    if (choice.crew !== crew.id) Object.assign(choice, { crew: crew.id, why: "ill", until: "lifted" });
    const title = say("hold.awayAsk", { crew: crew.name });
    return el("div", { class: "decision", role: "group", "aria-label": title }, el("div", { class: "decision-head" }, glyphs.node(glyphs.tools.away), el("b", {}, title)), el("p", {}, consequence(visits)),
      choices("why", say("hold.whyLabel"), ["ill", "broken", "other"], (one) => say(`hold.why.${one}`)), choices("until", say("closure.form.until"), ["lifted", "hour", "shift"], (one) => say(`hold.ends.${one}`)),
      el("div", { class: "buttons" }, actionButton("away-go", say("hold.awayRun"), "Enter", () => leave(crew), "is-primary"), actionButton("suppose-away", say("whatif.first"), "", () => mainbreak.suppose({ kind: "away", crew: crew.id })),
        actionButton("cancel", say("button.cancel"), "Esc", () => set("editor", ""), "is-link")));
  }

  function commands(crew, visits) {
    if (!may()) return null;
    if (state.editor === `away ${crew.id}`) return el("section", { class: "part" }, leaving(crew, visits));
    const locked = hold(crew, "locked"), away = hold(crew, "away");
    const lockText = locked ? say("hold.isLocked") : say("hold.lockText", { n: visits.length });
    return section("", "", away ? el("p", { class: "small" }, say("hold.isAway")) : el("p", { class: "small" }, lockText),
      el("div", { class: "buttons" }, !away && (locked ? actionButton("unlock", say("hold.unlock"), "", () => unlock(crew)) : actionButton("lock", say("hold.lock"), "", () => lock(crew))),
        away ? actionButton("back", say("hold.back"), "", () => back(crew), "is-primary") : actionButton("away", say("hold.awayOpen"), "", () => { set("editor", `away ${crew.id}`); mainbreak.focusIn("[data-action=away-go]"); })));
  }

  const held = (one) => chip(one.kind === "away" ? "is-unplaced" : "is-locked", glyphs.tools[one.kind === "away" ? "away" : "lock"],
    [say(one.since > facts.now() ? "hold.coming" : `hold.${one.kind}`, { time: closures.when(one.since) }), one.reason, until(one)].filter(Boolean).join(" · "));

  function item(visit) {
    const order = facts.orderOf(visit), when = lane.times(visit), late = lane.late(visit);
    return el("li", { class: "visit" }, glyphs.node(glyphs.priority(order.p, 0.85)), el("div", {},
      el("div", { class: "row-line" }, plan.orderLink(order.id), el("span", { class: `chip visit-${visit.state}` }, say(`visitState.${visit.state}`))),
      el("div", { class: "small" }, `${clock(when.eta)} · ${clock(when.start)}–${clock(when.end)} · ${order.id}`, visit.pinned ? ` · ${say("visit.pinned")}` : "", late ? el("b", { class: "is-late-text" }, ` ${lane.lateWord(visit)}`) : null)));
  }

  function between(crew) {
    const rests = crew.breaks.map(([from, to]) => say("timeline.restAt", { from: clock(from), to: clock(to) })), home = crew.back === null ? [] : [say("timeline.homeAt", { time: clock(crew.back) })];
    const all = [...rests, ...home];
    return all.length ? el("p", { class: "small" }, all.join(" · ")) : null;
  }

  cards.crew = (id) => {
    const row = plan.crewRow(id), crew = data("day").crews[row];
    if (!crew) return [head(null, id, ""), section("", "", el("p", { class: "small" }, say("crewCard.gone")))];
    const visits = own(row), stale = crews.isStale(crew);
    const shift = say("crewCard.shift", { from: clock(crew.shift[0]), to: clock(crew.shift[1]) }), over = crew.overtime ? ` · ${say("crewCard.overtime", { n: lane.minutes(crew.overtime) })}` : "";
    return [head(plan.crewSign(id), crew.name, crew.id, [chip(stale ? "is-unplaced" : `visit-${crew.state}`, null, crews.word(crew)), crew.reserve && chip("", glyphs.tools.reserve, say("hold.reserve")), ...crew.holds.map(held)]),
      commands(crew, visits),
      section(say("crewCard.who"), say("crewCard.people", { n: crew.size }), el("p", { class: "small" }, crew.skills.map((skill) => say(`skill.${skill}`)).join(" · ")), crew.vehicle && el("p", { class: "small" }, say("crewCard.vehicle", { name: crew.vehicle })), el("p", { class: "small" }, shift + over),
        crew.reserve && el("p", { class: "small" }, say("crewCard.reserve"))),
      section(say("crewCard.ahead"), say("crewCard.visits", { n: visits.length }), visits.length ? el("ul", { class: "visits" }, visits.map(item)) : el("p", { class: "small" }, say("crewCard.free")), between(crew))].filter(Boolean);
  };
})();

/* What waits for a dispatcher, at most five rows, the most pressing first: each a question with how long
   it has waited or is left. */
"use strict";

(() => {
  const { clock, crews, data, el, facts, glyphs, on, onParts, say, set, span } = mainbreak;
  const most = 5, soon = 900, noticeSoon = 7200, unheard = 180; // rows; s before an ETR passes, before a notice is due, until a crew should have accepted
  const box = () => document.getElementById("needs");
  let top = null;

  const row = (rank, text, wait, late, run, key) => ({ rank, text, wait, late, run, key });

  function stuck() {
    return facts.sorted().map((one) => [one, facts.outageOf(one)]).filter(([, outage]) => outage && outage.proposal).map(([one, outage]) => {
      const said = outage.failed.at(-1), waited = said && said.at !== null ? facts.now() - said.at : null;
      return row(0, say("needs.stuck", { id: said ? said.id : "" }), waited === null ? "" : say("needs.waited", { span: span(waited) }), true,
        () => { open(one); mainbreak.focusIn(".decision .is-primary"); }, `stuck ${outage.id}`);
    });
  }

  /** Urgent work nobody has; what waits for other work of the incident is not open. */
  function unassigned() {
    return facts.sorted().filter((one) => facts.incident(one).p === 1 && !facts.visitsOf(one).some((visit) => visit.ended == null)
      && facts.leftOverOf(one).some((left) => facts.facts().day.orders[left.order].state === "ready"))
      .map((one) => row(1, say("needs.unassigned", { title: facts.title(one) }), say("needs.waited", { span: span(facts.now() - facts.incident(one).at) }), true,
        () => open(one), `open ${facts.idOf(one)}`));
  }

  function conflicts() {
    const n = facts.facts().day.conflicts.length;
    return n ? [row(2, say("needs.conflict"), say("needs.items", { n }), false, () => mainbreak.showTab("conflicts"), "conflicts")] : [];
  }

  /** Streets that a crew reported and closed: a dispatcher has a look at each. */
  function reported() {
    return mainbreak.closureNeeds().map(({ one, run, text }) => row(2, text, say("needs.waited", { span: span(facts.now() - one.made) }), false, run, `reported ${one.id}`));
  }

  function etrs() {
    const now = facts.now();
    return facts.sorted().map((one) => [one, facts.outageOf(one)])
      .filter(([, outage]) => outage && facts.isDry(outage) && outage.etr && outage.etr.at - now < soon).map(([one, outage]) => {
        const left = outage.etr.at - now, time = clock(outage.etr.at);
        const wait = left < 0 ? say("sla.over", { span: span(left) }) : say("needs.within", { n: Math.max(1, Math.ceil(left / 60)) });
        return row(3, say(left < 0 ? "needs.etrPassed" : "needs.etr", { time }), wait, left < 0, () => { open(one); set("editor", `etr ${outage.id}`); }, `etr ${outage.id}`);
      });
  }

  /** A planned shut-off of which people must be told soon, or should have been. */
  function notices() {
    return data("planned").filter((one) => ["draft", "approved"].includes(one.state) && one.tellBy - facts.now() < noticeSoon).map((one) => {
      const left = one.tellBy - facts.now(), wait = left < 0 ? say("sla.over", { span: span(left) }) : say("needs.within", { n: Math.max(1, Math.ceil(left / 60)) });
      return row(3, say("needs.notice", { id: one.id }), wait, left < 0, () => { mainbreak.showTab("planned"); set("planned", one.id); }, `notice ${one.id}`);
    });
  }

  function stale() {
    const { day } = facts.facts();
    const urgent = (crew) => day.visits.find((visit) => day.crews[visit.crew] === crew && visit.ended == null && visit.order >= 0 && day.orders[visit.order].p <= 2
      && ["accepted", "en_route", "on_site"].includes(visit.state));
    return day.crews.filter((crew) => crews.isStale(crew) && urgent(crew)).map((crew) => {
      const order = day.orders[urgent(crew).order];
      return row(4, say("needs.stale", { crew: crew.name, p: order.p }), mainbreak.ago(crews.age(crew)), false, () => order.incident >= 0 && open(order.incident), `stale ${crew.id}`);
    });
  }

  /** Who was turned round for something urgent and has not accepted it yet. */
  function diverted() {
    const { day } = facts.facts();
    return day.visits.filter((visit) => visit.interrupts && visit.state === "assigned" && visit.crew >= 0 && visit.order >= 0).map((visit) => {
      const told = day.log.find((event) => event.kind === "visit.assigned" && event.subject === visit.id), waited = facts.now() - (told ? told.at : facts.now()), order = day.orders[visit.order].id;
      return row(1, say("needs.diverted", { crew: day.crews[visit.crew].name, title: mainbreak.plan.title(order) }), say("needs.waited", { span: span(waited) }), waited > unheard,
        () => mainbreak.openCard(`visit ${order}`), `diverted ${visit.id}`);
    });
  }

  /** A crew that is away and has begun work which no plan takes from it. */
  function awayWithWork() {
    const { day } = facts.facts(), away = (crew) => crew.holds.find((one) => one.kind === "away");
    const begun = (crew) => day.visits.filter((visit) => day.crews[visit.crew] === crew && visit.ended == null && visit.order >= 0 && mainbreak.plan.begun(visit)).length;
    return day.crews.filter((crew) => crews.isAway(crew) && begun(crew)).map((crew) => row(1, say("needs.away", { crew: crew.name, n: begun(crew) }), say("needs.waited", { span: span(facts.now() - away(crew).since) }), false,
      () => mainbreak.openCard(`crew ${crew.id}`), `away ${crew.id}`));
  }

  function unplaced() {
    const { unlocated } = facts.facts().day;
    if (!unlocated.length) return [];
    const first = unlocated.reduce((a, b) => ((b.p === 1 ? 0 : b.at) < (a.p === 1 ? 0 : a.at) ? b : a)), left = first.respond - facts.now();
    const wait = unlocated.length > 1 ? say("needs.tickets", { n: unlocated.length }) : say("needs.waited", { span: span(facts.now() - first.at) });
    return [row(first.p === 1 ? 1 : 5, say(first.p === 1 ? "needs.placeUrgent" : "needs.place", { id: first.id }), wait, left < 0, () => set("ticket", first.id), "place")];
  }

  function open(one) {
    mainbreak.showTab("incidents");
    set("incident", facts.idOf(one));
  }

  const all = () => [...stuck(), ...unassigned(), ...diverted(), ...awayWithWork(), ...conflicts(), ...reported(), ...etrs(), ...notices(), ...stale(), ...unplaced()].sort((a, b) => a.rank - b.rank);

  /** What has just come to the top is said to those who do not see it. */
  function tell(first) {
    if (first && first.key !== top && top !== null) mainbreak.announce(`${say("needs.title")} ${first.text}`);
    top = first ? first.key : "";
  }

  function draw() {
    const rows = all(), focused = box().contains(document.activeElement) ? document.activeElement.dataset.key : null;
    tell(rows[0]);
    box().hidden = !rows.length;
    if (!rows.length) {
      if (focused) document.getElementById("panel").focus({ preventScroll: true });
      return;
    }
    const item = (one) => el("li", {}, el("button", { type: "button", class: "need", "data-key": one.key, onclick: one.run },
      el("b", {}, one.text), el("span", { class: one.late ? "is-late-text" : "" }, one.wait)));
    box().replaceChildren(el("div", { class: "needs-head" }, glyphs.node(glyphs.tools.warning), el("b", {}, say("needs.title")), el("span", {}, rows.length), el("kbd", {}, "G")),
      el("ul", {}, rows.slice(0, most).map(item)));
    const node = focused && box().querySelector(`[data-key="${CSS.escape(focused)}"]`);
    if (node) node.focus();
    else if (focused) document.getElementById("panel").focus({ preventScroll: true });
  }

  /** Rows that come or go would move the list below: not while the pointer is near. */
  const still = () => mainbreak.queuePointed() || draw();

  mainbreak.firstNeed = () => {
    const first = box().querySelector(".need");
    if (first) { first.focus(); first.click(); }
  };

  mainbreak.startNeeds = () => {
    onParts(["outages", "planned", "closures", "day.incidents", "day.orders", "day.visits", "day.conflicts", "day.unlocated", "day.crews"], still);
    on("redraw", draw);
    on("tick", still);
    document.getElementById("queue").addEventListener("pointerleave", draw);
    draw();
  };
})();

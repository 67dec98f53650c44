/* One visit: where, what to mind, how to get there, and in reach of the thumb what comes next. */
"use strict";

mainbreak.crew.screens.visit = (() => {
  const { el, say, sentence } = mainbreak;
  const { day, driving, icons, map, outbox, parts, reporting, sheets, streets } = mainbreak.crew;

  const back = (href) => el("a", { class: "back", href, "aria-label": say("visit.back") }, icons("back"));

  /** The visit is not on the list: what this phone said of it last (a road is no part of it), and the way back. */
  function gone(id = "") {
    const last = outbox.all().filter((item) => item.state !== "refused" && item.kind !== "road_impassable" && id.startsWith(`${item.work_order}.`)).at(-1);
    return { tab: "today", title: [back("#today"), el("h1", {}, say("tab.today"))], body: [
      el("div", { class: "empty" }, last ? [el("b", {}, reporting.phrase(last)), el("p", {}, say("visit.gone"))] : el("b", {}, say("visit.gone"))),
      parts.link(say("visit.back"), "#today", { look: "primary", key: "back" })] };
  }

  function where(visit) {
    const there = ["on_site", "paused", "field_complete"].includes(visit.state);
    const when = there
      ? visit.on_site_at && `${say("visit.since")} ${parts.clock(visit.on_site_at)}`
      : `${say("visit.eta")} ${parts.arrival(visit)} · ${parts.way(visit.travel_m)}`;
    const due = there ? null : parts.due(visit);
    return el("div", { class: "spot-text" },
      el("p", { class: "meta" }, [(!there || visit.state === "paused" || !when) && say(`visitState.${visit.state}`), when].filter(Boolean).join(" · "),
        due && el("span", { class: due.late && "is-late" }, ` · ${due.late ? due.text : `${say("visit.due")} ${due.text}`}`)),
      el("h2", {}, visit.label || say("visit.noPlace")),
      visit.state === "paused" && visit.said && el("p", { class: "meta" }, visit.said));
  }

  function hazards(visit) {
    if (!visit.hazards.length) return null;
    return el("div", { class: "note is-warning is-list" }, icons("warning"),
      el("div", {}, el("b", {}, sentence(visit.hazards[0])), visit.hazards.slice(1).map((one) => el("p", {}, sentence(one)))));
  }

  const navigate = (visit) =>
    parts.button(say("do.navigate"), () => sheets.navigate(day.visit(visit.id) || visit), { icon: "navigate", key: "navigate" });

  /** On the way the button to navigate is below, in reach of the thumb. */
  function ways(visit) {
    const phone = day.me.desk_phone, below = ["accepted", "en_route"].includes(visit.state) && !parts.asksArrived(visit);
    return el("div", { class: "pair" }, !below && navigate(visit),
      phone && el("a", { class: "act is-plain", href: `tel:${phone}` }, icons("phone"), say("do.call")));
  }

  const act = (visit, kind, options = {}, key = `do.${kind}`) =>
    parts.button(say(key), () => reporting.move(visit.id, kind), { key: kind, ...options });

  const pair = (...two) => el("div", { class: "pair" }, two);

  function valves(visit, look) {
    const { order } = visit.isolation, done = order.filter((step) => ["closed", "stuck"].includes(step.state)).length;
    return parts.link(say("do.valves", { done, all: order.length }), `#valves/${visit.id}`, { look, key: "valves" });
  }

  function openings(visit) {
    const done = visit.opening.filter((step) => ["opened", "jammed"].includes(step.state)).length;
    return parts.link(say("do.opening", { done, all: visit.opening.length }), `#opening/${visit.id}`, { look: "primary", key: "opening" });
  }

  /** What may follow, the likeliest first and largest. */
  function actions(visit) {
    const cannot = act(visit, "cannot_complete", { look: "danger" });
    const open = visit.isolation && visit.isolation.order.some((step) => ["next", "waiting"].includes(step.state));
    const primary = { look: "primary" };
    const rows = {
      assigned: () => [pair(act(visit, "accepted", primary), act(visit, "declined"))],
      accepted: () => [act(visit, "en_route", primary), pair(navigate(visit), act(visit, "declined"))],
      en_route: () => (parts.asksArrived(visit)
        ? [parts.arrived(visit), pair(act(visit, "on_site"), cannot)]
        : [act(visit, "on_site", primary), pair(navigate(visit), cannot)]),
      field_complete: () => (visit.opening ? [openings(visit)] : []),
      paused: () => [act(visit, "on_site", primary, "do.resume"), cannot],
      on_site: () => [
        ...(visit.isolation ? [pair(valves(visit, open ? "primary" : "plain"), act(visit, "field_complete", open ? {} : primary))]
          : [act(visit, "field_complete", primary)]),
        pair(act(visit, "paused", { icon: "pause" }), cannot),
      ],
    };
    return el("div", { class: "thumb" }, (rows[visit.state] || (() => []))());
  }

  function draw(id) {
    const visit = day.visit(id);
    if (!visit) return gone(id);
    const drives = visit.state === "en_route"; // what comes next on the road is first then
    return {
      tab: "today",
      title: [back("#today"), el("h1", {}, sentence(visit.title)), parts.priority(visit.priority)],
      body: [map.slot("is-short"), drives && driving.list(visit), where(visit), hazards(visit), parts.seen(visit),
        visit.ended ? el("p", { class: "brief" }, say("visit.ended")) : ways(visit), !drives && driving.list(visit), streets.list(visit),
        el("details", { class: "why" }, el("summary", {}, say("visit.why")), el("p", {}, sentence(visit.reason)), el("p", { class: "meta" }, `${visit.work_order} · ${visit.incident}`)),
        actions(visit)],
      map: visit.id,
      wide: true,
    };
  }

  return Object.assign(draw, { back, gone });
})();

/* Planned shut-offs: listed with their window and the time until people must be told, drawn on the map
   as what is foreseen, with a calendar; one is opened to read what it costs and to move it on. */
"use strict";

(() => {
  const { command, data, el, facts, glyphs, live, number, on, onParts, say, set, some, span, state } = mainbreak;
  const next = { draft: "approve", approved: "announce", announced: "begin", in_effect: "end", partly_restored: "end" };
  const calendar = '<svg class="g icon" width="14" height="14" viewBox="0 0 16 16" aria-hidden="true"><rect x="2" y="3" width="12" height="11" rx="1.5"/><path d="M2 7h12M5.5 1.5v3M10.5 1.5v3"/></svg>';
  const awaits = (one) => ["draft", "approved"].includes(one.state);
  const left = (one) => one.tellBy - facts.now();
  const narrow = { size: [88, 22], anchor: [44, 30], z: 650, className: "planned-tag" };
  const wide = { size: [164, 22], anchor: [82, 30], z: 660, className: "planned-tag is-chosen" };
  let reason = "";

  /** 25 Nov 22:00: a window is rarely today's. */
  const when = (seconds) => new Intl.DateTimeFormat(state.language, { timeZone: live.me.zone, month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    .format((data("day").midnight + seconds) * 1000);

  const dayOf = (seconds) => new Intl.DateTimeFormat(state.language, { timeZone: live.me.zone, month: "short", day: "numeric" }).format((data("day").midnight + seconds) * 1000);

  /** The end without its date where it is the start's. */
  function window_(one) {
    const [from, to] = [when(one.starts), when(one.ends)], day = (text) => text.slice(0, -5);
    return say("planned.window", { from, to: day(from) === day(to) ? to.slice(-5) : to });
  }

  function notice(one) {
    if (!awaits(one)) return null;
    const late = left(one) < 0, text = late ? say("planned.late", { span: span(left(one)) }) : say("planned.tellBy", { time: when(one.tellBy), span: span(left(one)) });
    return el("span", { class: late ? "planned-notice is-late-text" : left(one) < 7200 ? "planned-notice is-soon-text" : "planned-notice" }, text);
  }

  const meeting = ({ other, more }) => el("span", { class: `chip ${more ? "is-unplaced" : ""}` }, say(more ? "planned.meets" : "planned.meetsOnly", { other, n: number(more) }));

  function line(one) {
    const open = state.planned === one.id;
    return el("li", { class: "row planned-row", "aria-selected": String(open) }, glyphs.node(calendar),
      el("div", { class: "planned-body" },
        el("button", { type: "button", class: "row-main", "data-key": `planned ${one.id}`, "aria-expanded": String(open), onclick: () => set("planned", open ? "" : one.id) },
          el("span", { class: "row-line" }, el("b", { class: "row-title", title: one.title }, one.title), el("span", { class: `chip planned-${one.state}` }, say(`planned.state.${one.state}`))),
          el("span", { class: "row-line" }, el("span", { class: "row-meta" }, `${one.id} · ${window_(one)}`), el("span", { class: "count" }, say("planned.premises", { n: number(one.out) }))),
          notice(one)),
        one.overlaps.length > 0 && el("div", { class: "planned-meets" }, one.overlaps.map(meeting)),
        open && detail(one)));
  }

  function detail(one) {
    const critical = one.critical.map(([, , kind]) => say(`premises.${kind}`)).join(say("list.and"));
    return el("div", { class: "planned-detail" },
      el("p", { class: "small" }, say("planned.pipes", { ids: one.names.join(", ") }), " · ", say("planned.close", { n: one.close.length, ids: some(one.close) })),
      critical && el("p", { class: "small" }, say("planned.critical", { list: critical })),
      one.warnings.map(mainbreak.caution),
      el("p", {}, el("a", { href: `/api/planned-shutoffs/${encodeURIComponent(one.id)}/premises.csv`, download: "premises.csv" }, say("planned.list"))),
      buttons(one));
  }

  function run(one, step, body = {}) {
    return async () => {
      const kept = await command(`/api/planned-shutoffs/${encodeURIComponent(one.id)}/${step}`, body);
      if (!kept || !kept.id) return;
      reason = "";
      const word = ["restored", "cancelled"].includes(kept.state) ? `planned.gone.${kept.state}` : `planned.state.${kept.state}`;
      mainbreak.toast(say("planned.done", { id: kept.id, state: say(word) }));
    };
  }

  const may = (step) => live.me.role === "dispatcher" || (live.me.role === "manager" && ["approve", "announce", "cancel"].includes(step));

  function buttons(one) {
    const step = next[one.state], late = step === "announce" && left(one) < 0, early = step === "begin" && one.starts > facts.now();
    const why = late && may(step) && el("input", { type: "text", class: "planned-reason", "data-key": "planned reason", placeholder: say("planned.reason"), "aria-label": say("planned.reason"),
      oninput: (event) => { reason = event.target.value; go.disabled = !reason.trim(); } });
    const act = () => run(one, step, step === "announce" ? { late_reason: late ? reason : "" } : {})();
    const go = mainbreak.actionButton(`planned-${step}`, say(`planned.${step}`, { n: number(one.out) }), "", act, "is-primary is-small");
    go.disabled = (late && !reason.trim()) || early;
    if (why) why.value = reason;
    const ending = step !== "end" && may("cancel") && mainbreak.actionButton("planned-cancel", say("planned.cancel"), "", run(one, "cancel"), "is-link is-small");
    return [why, el("div", { class: "buttons" }, may(step) && go, ending)];
  }

  mainbreak.plannedView = () => {
    const all = data("planned");
    return [mainbreak.plannedForm(), el("ul", {}, all.length ? all.map(line) : el("li", { class: "empty" }, say("planned.none")))].filter(Boolean);
  };

  /** The pipes that will be dry as a dashed band, the chosen one's stronger, each with its day. */
  function startDrawing(map) {
    const { colour, on: pane, scale, styled } = mainbreak.canvas;
    const band = L.polyline([], pane("outage-band")), dash = L.polyline([], pane("outage-core", { lineCap: "butt" })), chosen = L.polyline([], pane("outage-band"));
    const group = L.layerGroup([band, chosen, dash]), tags = mainbreak.markers(group);
    const of = (rows) => rows.map((row) => mainbreak.places(data("pipes").line[row]));

    /** Its id and day, as text: never markup. */
    const label = (one) => (element) => {
      if (element.childElementCount < 2) element.append(el("span", {}));
      element.lastElementChild.textContent = one.id === state.planned ? say("planned.tag", { id: one.id, time: when(one.starts) }) : dayOf(one.starts);
      element.title = `${one.id} · ${one.title} · ${window_(one)}`;
    };

    function fill() {
      const coming = data("planned").filter((one) => !mainbreak.supply.isDry(one)), all = data("planned");
      band.setLatLngs(all.flatMap((one) => of(one.pipes)));
      dash.setLatLngs(coming.flatMap((one) => of(one.pipes)));
      chosen.setLatLngs(all.filter((one) => one.id === state.planned).flatMap((one) => of(one.pipes)));
      tags.sync(all.filter((one) => one.burst.length).map((one) => {
        const course = of(one.burst)[0];
        return { key: `planned ${one.id}`, place: course[Math.floor(course.length / 2)], ...(one.id === state.planned ? wide : narrow),
          html: calendar, dress: label(one), onclick: () => { mainbreak.showTab("planned"); set("planned", one.id); } };
      }));
    }

    styled(group, (zoom) => {
      const size = scale(zoom), ink = colour("dry");
      band.setStyle({ color: ink, opacity: 0.16, weight: 18 * size });
      chosen.setStyle({ color: ink, opacity: 0.3, weight: 26 * size });
      dash.setStyle({ color: ink, weight: Math.max(2, 4 * size), dashArray: "2 6" });
    });
    group.addTo(map);
    onParts(["planned"], fill);
    on("planned", fill);
    on("redraw", fill);
    fill();
  }

  /** Bring what was chosen into view. */
  function look(map) {
    on("planned", (id) => {
      const one = data("planned").find((each) => each.id === id), lines = one ? one.pipes.map((row) => mainbreak.places(data("pipes").line[row])) : [];
      if (lines.length) map.fitBounds(L.latLngBounds(lines.flat()), { maxZoom: 16, padding: [80, 80] });
    });
  }

  mainbreak.startPlanned = (map) => {
    startDrawing(map);
    look(map);
    mainbreak.startPlannedForm(map);
  };
})();

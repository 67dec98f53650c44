/* The streets' tab: which are closed or slow, why, until when and by whose word; one is opened to confirm,
   change, redraw or lift it. */
"use strict";

(() => {
  const { actionButton, closures, command, el, facts, glyphs, live, on, onParts, say, set, state, undoable } = mainbreak;
  let stages = "";

  const path = (one, step = "") => `/api/closures/${encodeURIComponent(one.id)}${step}`;
  const may = () => live.me.role === "dispatcher";

  function line(one) {
    const open = state.closure === one.id, look = `${closures.isClosed(one) ? "is-closed" : "is-slow"} is-${closures.stage(one)}`;
    return el("li", { class: `row planned-row closure-row is-${closures.stage(one)}`, "aria-selected": String(open) }, glyphs.node(mainbreak.closureSigns.sign(look)),
      el("div", { class: "planned-body" },
        el("button", { type: "button", class: "row-main", "data-key": `closure ${one.id}`, "aria-expanded": String(open), onclick: () => choose(open ? "" : one.id) },
          el("span", { class: "row-line" }, el("b", { class: "row-title", title: closures.street(one) }, closures.street(one)), el("span", { class: `chip closure-chip ${look}` }, closures.chip(one))),
          el("span", { class: "row-line" }, el("span", { class: "row-meta" }, [say(`closureReason.${one.reason}`), closures.span(one)].join(" · ")), el("span", { class: "count" }, closures.extent(one))),
          el("span", { class: "row-line" }, el("span", { class: "row-meta" }, `${one.id} · ${closures.by(one)}`), one.waits && el("span", { class: "chip is-unplaced" }, say("closure.waits")))),
        open && detail(one)));
  }

  function choose(id) {
    set("closure", id);
    const one = closures.find(id);
    if (one) mainbreak.seeClosure(one);
  }

  function detail(one) {
    return el("div", { class: "planned-detail" },
      one.note && el("p", {}, one.note), closures.isClosed(one) && el("p", { class: "small" }, closures.entry(one)),
      one.incident && facts.rowOf(one.incident) >= 0 && el("p", {}, el("button", { type: "button", class: "inline", onclick: () => set("incident", one.incident) }, one.incident)),
      may() && [buttons(one), ends(one), terms(one)]);
  }

  /** One thing changed; the undo puts back what was, unless that is over. */
  async function change(one, body, back) {
    const kept = await command(path(one), body, say("closure.changed", { id: one.id }), undefined, "PATCH");
    if (!kept || !back) return;
    undoable(say("closure.undoChange", { id: one.id }), () => command(path(one), back, say("undo.done"), undefined, "PATCH"));
  }

  const choice = (key, text, run, pressed = false) =>
    el("button", { type: "button", class: "choice", "aria-pressed": String(pressed), "data-key": key, onclick: run }, text);

  function ends(one) {
    const before = { until: closures.instant(one.until) };
    const over = one.until !== null && one.until <= facts.now();
    const pick = (name) => choice(`until ${name}`, say(`closure.ends.${name}`), () => change(one, { until: closures.ends[name]() }, over ? null : before), name === "lifted" && one.until === null);
    return el("div", { class: "closure-choices", role: "group", "aria-label": say("closure.form.until") }, el("span", { class: "small" }, say("closure.form.until")), ["hour", "hours", "today", "lifted"].map(pick));
  }

  function terms(one) {
    const speed = (factor) => choice(`factor ${factor}`, factor ? say("closure.slow", { n: factor * 100 }) : say("closure.closed"),
      () => change(one, { factor }, { factor: one.factor }), one.factor === factor);
    return el("div", { class: "closure-choices", role: "group", "aria-label": say("closure.form.speed") }, el("span", { class: "small" }, say("closure.form.speed")), [0, 0.25, 0.5].map(speed),
      closures.isClosed(one) && choice("entry", say("closure.entry"), () => change(one, { entry: !one.entry }, { entry: one.entry }), one.entry));
  }

  async function lift(one) {
    const done = await command(path(one, "/lift"), {});
    if (!done) return;
    const back = () => command(path(one, "/restore"), {}, say("undo.done"));
    undoable(say("closure.undoLift", { street: closures.street(one) }), back);
    mainbreak.toast(say("closure.lifted", { street: closures.street(one) }), { text: say("undo.run"), run: mainbreak.undo });
  }

  function buttons(one) {
    const confirm = one.waits && actionButton("closure-confirm", say("closure.confirm"), "", () => command(path(one, "/confirm"), {}, say("closure.confirmed", { id: one.id })), "is-primary is-small");
    return el("div", { class: "buttons" }, confirm,
      actionButton("closure-lift", say("closure.lift"), "", () => lift(one), one.waits ? "is-small" : "is-primary is-small"),
      actionButton("closure-redraw", say("closure.redraw"), "", () => mainbreak.drawClosure(one), "is-link is-small"));
  }

  mainbreak.closuresView = () => {
    const order = ["now", "coming", "over"], all = [...closures.all()].sort((a, b) => b.waits - a.waits || order.indexOf(closures.stage(a)) - order.indexOf(closures.stage(b)));
    return [mainbreak.closureForm(), el("ul", {}, all.length ? all.map(line) : el("li", { class: "empty" }, say("closure.none")))].filter(Boolean);
  };

  /** Reported streets that no dispatcher has looked at yet: each waits for one. */
  mainbreak.closureNeeds = () => closures.all().filter((one) => one.waits && closures.stage(one) === "now").map((one) => ({
    one, text: say("needs.closure", { crew: closures.crewName(one.crew), street: closures.street(one) }),
    run: () => { mainbreak.showTab("closures"); choose(one.id); mainbreak.focusIn("[data-action=closure-confirm]"); },
  }));

  /** Where a span begins or ends by itself, the drives are others: read them again. */
  function watch() {
    const now = closures.all().map((one) => `${one.id} ${closures.stage(one)}`).join();
    if (now === stages) return;
    const known = stages !== "";
    stages = now;
    mainbreak.emit("closures");
    if (known) mainbreak.refresh();
  }

  mainbreak.startClosures = (map) => {
    mainbreak.startClosureForm(map);
    onParts(["closures"], () => {
      stages = closures.all().map((one) => `${one.id} ${closures.stage(one)}`).join();
      if (state.closure && !closures.find(state.closure)) set("closure", "");
    });
    on("tick", watch);
  };
})();

/* Draft a planned shut-off: pipes by id or by a click on the map, a window, the work; what it would
   take and whom it would meet stands above the button before anything is kept. */
"use strict";

(() => {
  const { command, el, live, number, on, say, set, some, state } = mainbreak;
  const wanted = { pipes: "", spot: null, title: "", from: "", to: "", notice: "" };
  const shown = { answer: null, fault: "", asking: false };
  let node = null, outcome = null, timer = 0, asked = 0;

  /** What a clock in the utility's zone shows, as if it were UTC, in ms. */
  function wall(instant) {
    const parts = new Intl.DateTimeFormat("en-GB", { timeZone: live.me.zone, dateStyle: "short", timeStyle: "medium" }).formatToParts(instant);
    const of = Object.fromEntries(parts.map((one) => [one.type, Number(one.value)]));
    return Date.UTC(of.year, of.month - 1, of.day, of.hour % 24, of.minute, of.second);
  }

  /** The instant at which a clock in the utility's zone shows this; null for no time. */
  function instant(text) {
    const utc = Date.parse(`${text}Z`);
    if (!Number.isFinite(utc)) return null;
    const guess = utc - (wall(utc) - utc);
    return new Date(utc - (wall(guess) - guess)).toISOString();
  }

  function body() {
    const pipes = wanted.pipes.split(/[,，;；\s]+/).filter(Boolean), [starts, ends] = [instant(wanted.from), instant(wanted.to)];
    if (!(pipes.length || wanted.spot) || !wanted.title.trim() || !starts || !ends) return null;
    const where = pipes.length ? { pipes } : wanted.spot;
    return { ...where, title: wanted.title, starts_at: starts, ends_at: ends, notice: wanted.notice || null };
  }

  /** Ask a moment after the last change; an answer to an older question is dropped. */
  function changed() {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, 300);
  }

  async function ask() {
    const question = body(), mine = (asked += 1);
    Object.assign(shown, { answer: null, fault: "", asking: Boolean(question) });
    draw();
    if (!question) return;
    try {
      const answer = await live.api("POST", "/api/planned-shutoffs/preview", question);
      if (mine !== asked) return;
      Object.assign(shown, { answer, asking: false });
      if (!wanted.pipes) { wanted.pipes = answer.pipes.join(", "); node.querySelector("[name=pipes]").value = wanted.pipes; }
    } catch (error) {
      if (mine !== asked) return;
      Object.assign(shown, { asking: false, fault: error.message || live.explain(error) });
    }
    draw();
  }

  async function save() {
    const question = body();
    if (!question || !shown.answer) return;
    const kept = await command("/api/planned-shutoffs", { ...question, client_id: window.crypto.randomUUID ? window.crypto.randomUUID() : undefined });
    if (!kept || !kept.id) return;
    mainbreak.toast(say("planned.form.saved", { id: kept.id }));
    close();
    set("planned", kept.id);
  }

  function close() {
    node = null;
    Object.assign(wanted, { pipes: "", spot: null, title: "", from: "", to: "", notice: "" });
    Object.assign(shown, { answer: null, fault: "", asking: false });
    document.body.classList.remove("is-placing");
    mainbreak.showTab("planned");
  }

  function draw() {
    if (!outcome) return;
    const { answer, asking, fault } = shown;
    if (!answer) {
      outcome.replaceChildren(el("p", { class: fault ? "alert" : "small" }, fault || say(asking ? "planned.form.asking" : "planned.form.fill")));
      return;
    }
    const go = mainbreak.actionButton("planned-save", say("planned.form.save", { n: number(answer.premises_count) }), "", save, "is-primary");
    outcome.replaceChildren(
      el("p", {}, el("b", {}, say("planned.premises", { n: number(answer.premises_count) })), " · ",
        say("planned.close", { n: answer.isolation.close.length, ids: some(answer.isolation.close) })),
      ...answer.warnings.map(mainbreak.caution),
      el("div", { class: "buttons" }, go, mainbreak.actionButton("planned-close", say("button.cancel"), "", close, "is-link")));
  }

  function field(name, input) {
    const take = () => { wanted[name] = input.value; if (name === "pipes") wanted.spot = null; changed(); };
    input.addEventListener(input.tagName === "SELECT" ? "change" : "input", take);
    input.name = name;
    input.dataset.key = `planned ${name}`;
    input.value = wanted[name];
    return el("label", { class: "field" }, el("span", {}, say(`planned.form.${name}`)), input);
  }

  function build() {
    const choice = (value, key) => el("option", { value }, say(key));
    outcome = el("div", { class: "outcome", "aria-live": "polite" });
    node = el("form", { class: "editor planned-form", onsubmit: (event) => { event.preventDefault(); save(); } },
      field("pipes", el("input", { type: "text", autocomplete: "off" })), field("title", el("input", { type: "text", maxlength: "200" })),
      el("div", { class: "two" }, field("from", el("input", { type: "datetime-local" })), field("to", el("input", { type: "datetime-local" }))),
      field("notice", el("select", {}, choice("", "planned.form.usual"), choice("24h", "planned.form.24h"), choice("48h", "planned.form.48h"))), outcome);
    draw();
    return node;
  }

  const open = () => {
    document.body.classList.add("is-placing");
    build();
    mainbreak.showTab("planned");
    node.querySelector("input").focus();
  };

  /** The form, kept as it is while it is being filled in; else the button that opens it. */
  mainbreak.plannedForm = () => {
    if (live.me.role !== "dispatcher") return null;
    return node || el("div", { class: "buttons planned-new" }, mainbreak.actionButton("planned-new", say("planned.new"), "", open, ""));
  };

  mainbreak.startPlannedForm = (map) => {
    map.on("click", ({ latlng }) => {
      if (!node || state.ticket || mainbreak.isClosing()) return;
      wanted.pipes = "";
      wanted.spot = { lon: latlng.lng, lat: latlng.lat };
      node.querySelector("[name=pipes]").value = "";
      ask();
    });
    on("redraw", () => node && build() && mainbreak.emit("planned", state.planned));
  };
})();

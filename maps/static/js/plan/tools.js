/* Over the timeline: which crews it shows, what the plan changed, what nobody has, what if. */
"use strict";

(() => {
  const { actionButton, cardParts, clock, crews, data, el, emit, glyphs, hours, lane, on, onParts, remember, remembered, say } = mainbreak;
  const wanted = { look: "all", text: "" };
  const get = (id) => document.getElementById(id);
  const names = ["all", "on", "late", "free", "held", "reserve"];

  /** Which crews each choice means, by row. */
  function looks() {
    const ahead = hours.drawn().filter((visit) => visit.order >= 0 && visit.ended == null), one = (row) => data("day").crews[row];
    const late = new Set(ahead.filter((visit) => lane.late(visit) > 0).map((visit) => visit.crew)), busy = new Set(ahead.map((visit) => visit.crew));
    return {
      all: () => true, on: (row) => crews.onShift(one(row)), late: (row) => late.has(row),
      free: (row) => crews.onShift(one(row)) && !crews.isAway(one(row)) && !busy.has(row), held: (row) => one(row).holds.length > 0, reserve: (row) => one(row).reserve,
    };
  }

  function named(row) {
    const { id, name, skills } = data("day").crews[row], text = wanted.text.trim().toLowerCase();
    return !text || [id, name, ...skills.map((skill) => say(`skill.${skill}`))].some((one) => one.toLowerCase().includes(text));
  }

  mainbreak.wantedCrews = (rows) => rows.filter(looks()[wanted.look]).filter(named);

  function choose() {
    const rows = data("day").crews.map((_, row) => row), known = looks(), node = el("select", { id: "crew-look", "aria-label": say("crews.look"), onchange: (event) => { wanted.look = event.target.value; emit("crews"); } },
      names.map((name) => [name, rows.filter(known[name]).length]).filter(([name, n]) => n || name === "all" || name === wanted.look)
        .map(([name, n]) => el("option", { value: name }, say(`crews.${name}`, { n }))));
    node.value = wanted.look;
    return node;
  }

  function find() {
    const node = el("input", { id: "crew-find", type: "search", "aria-label": say("crews.find"), placeholder: say("crews.findShort"), autocomplete: "off", spellcheck: "false", oninput: (event) => { wanted.text = event.target.value; emit("crews"); } });
    node.value = wanted.text;
    return node;
  }

  const icon = (id, sign, label, pressed, run) => el("button", { type: "button", id, class: "quiet is-icon", title: label, "aria-label": label, "aria-pressed": String(pressed), onclick: run }, glyphs.node(sign));

  function tall() {
    const on_ = document.body.classList.toggle("is-tall");
    remember("tall", on_ ? "yes" : "");
    draw();
  }

  function legend() {
    const key = get("timeline-key"), other = get("legend");
    key.hidden = !key.hidden;
    if (!key.hidden && !other.hidden && key.getBoundingClientRect().left < other.getBoundingClientRect().right + 8) mainbreak.toggleLegend();
    draw();
  }

  function buttons() {
    const { changes, planned, unassigned, version } = data("day");
    const left = unassigned.length > 0 && actionButton("see-unassigned", say("plan.unassigned", { n: unassigned.length }), "", () => mainbreak.openCard("unassigned"), "is-small is-open");
    const plan = actionButton("see-plan", say(planned === null || !version ? "plan.none" : changes ? "plan.changed" : "plan.unchanged", { n: changes, time: planned === null ? "" : clock(planned) }), "H", () => mainbreak.openCard("plan"), "is-small");
    return [left, plan, mainbreak.whatIfButton(), actionButton("now", say("timeline.now"), "T", () => mainbreak.timelineNow(), "is-small is-link"),
      icon("timeline-tall", glyphs.tools.tall, say("timeline.tall"), document.body.classList.contains("is-tall"), tall), icon("timeline-legend", glyphs.tools.legend, say("legend.title"), !get("timeline-key").hidden, legend)];
  }

  /** Draw anew but for the fields: who types goes on typing. */
  function draw() {
    const tools = get("timeline-tools"), focused = tools.contains(document.activeElement) ? document.activeElement : null, busy = focused && ["crew-find", "crew-look"].includes(focused.id), key = focused && (focused.dataset.key || focused.id);
    const keep = busy ? [...tools.querySelectorAll("#crew-look, #crew-find")] : [choose(), find()];
    const end = el("span", { class: "timeline-end" }, buttons());
    if (busy) tools.lastElementChild.replaceWith(end);
    else tools.replaceChildren(...keep, end);
    const node = key && !busy && (tools.querySelector(`[data-key="${CSS.escape(key)}"]`) || get(key));
    if (node) node.focus();
  }

  mainbreak.startPlanTools = () => {
    get("timeline-key").classList.add("is-floating");
    get("timeline-key").hidden = true;
    document.body.classList.toggle("is-tall", remembered("tall") === "yes");
    onParts(["day.crews", "day.visits", "day.unassigned", "day.version", "day.changes"], draw);
    on("redraw", draw);
    draw();
  };
  mainbreak.whatIfButton = () => cardParts.may() && actionButton("what-if", say("whatif.open"), "W", () => mainbreak.suppose(), "is-small");
})();

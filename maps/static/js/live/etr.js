/* When supply is restored, by the dispatcher's word: the same time confirmed, later, another, unknown. */
"use strict";

(() => {
  const { actionButton, clock, command, data, el, facts, live, number, say, set, state } = mainbreak;
  const choice = { at: undefined, outage: "" };
  const keyOf = (outage) => `etr ${outage.id}`;

  /** Whole five minutes: nobody believes 07:28. */
  const rounded = (seconds) => Math.round(seconds / 300) * 300;

  function options(outage) {
    const now = facts.now(), said = outage.etr && outage.etr.at > now ? outage.etr.at : null, base = said ?? now;
    const found = said === null ? [] : [["same", said, say("etr.same", { time: clock(said) })]];
    for (const minutes of [30, 60, 120]) {
      const at = rounded(base + minutes * 60);
      found.push([`later ${minutes}`, at, say("etr.later", { n: minutes, time: clock(at) })]);
    }
    return [...found, ["unknown", null, say("etr.unknownShort")]];
  }

  /** The seconds of the day that a time of the clock means: the next time it shows that. */
  function next(text) {
    const [hours, minutes] = text.split(":").map(Number), at = hours * 3600 + minutes * 60;
    return Number.isFinite(at) ? at + Math.max(0, Math.ceil((facts.now() - at) / 86400)) * 86400 : undefined;
  }

  function choose(at) {
    choice.at = at;
    mainbreak.emit("editor", state.editor);
  }

  const pick = (outage) => ([key, at, text]) => el("button", { type: "button", class: "choice", "data-key": `etr ${key}`, "aria-pressed": String(choice.at === at),
    onclick: () => { choose(at); mainbreak.focusIn("[data-action=etr-save]"); } }, text);

  async function save(outage) {
    const at = choice.at === null ? null : new Date((data("day").midnight + choice.at) * 1000).toISOString();
    const told = choice.at === null ? say("etr.savedUnknown") : say("etr.saved", { time: clock(choice.at) });
    if (await command(`/api/outages/${encodeURIComponent(outage.id)}/etr`, { at }, told)) set("editor", "");
  }

  function editor(outage) {
    if (choice.outage !== outage.id) Object.assign(choice, { at: undefined, outage: outage.id });
    const own = el("input", { type: "time", class: "time", "data-key": "etr own", "aria-label": say("etr.own"), onchange: (event) => choose(next(event.target.value)) });
    const listed = options(outage);
    if (choice.at != null && !listed.some(([, at]) => at === choice.at)) own.value = clock(choice.at).slice(0, 5);
    const go = actionButton("etr-save", say("etr.save", { n: number(outage.out) }), "Enter", () => save(outage), "is-primary is-small");
    go.disabled = choice.at === undefined;
    return el("div", { class: "editor" }, el("div", { class: "choices" }, listed.map(pick(outage)), own),
      el("div", { class: "buttons" }, go, actionButton("cancel", say("button.cancel"), "Esc", () => set("editor", ""), "is-link is-small")));
  }

  mainbreak.etrButton = (outage) => {
    if (live.me.role !== "dispatcher" || facts.isGone(outage) || state.editor === keyOf(outage)) return null;
    return actionButton("etr", say("etr.ask"), "E", () => { set("editor", keyOf(outage)); mainbreak.focusIn(".editor button"); }, "is-small");
  };

  mainbreak.etrEditor = (outage) => (state.editor === keyOf(outage) ? editor(outage) : null);
})();

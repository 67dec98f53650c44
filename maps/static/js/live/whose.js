/* Whose an incident is: what the calls suggest, what somebody decided and why, what evidence to take. */
"use strict";

(() => {
  const { actionButton, command, el, facts, glyphs, live, part, say, sentence, set, state } = mainbreak;
  const choice = { id: "", whose: "", reason: "", fault: "" };
  const all = ["utility", "customer", "third_party"];
  const evidence = ["evidence.photos", "evidence.who", "evidence.vehicle", "evidence.cost"];
  const keyOf = (id) => `whose ${id}`;
  const redraw = () => mainbreak.emit("editor", state.editor);
  const may = () => live.me.role === "dispatcher";

  async function save(id, whose, reason) {
    const told = whose ? say("whose.done", { id, whose: say(`whose.${whose}`) }) : say("whose.taken", { id });
    const done = await command(`/api/incidents/${encodeURIComponent(id)}/responsibility`, { responsibility: whose, reason }, told, (text) => { choice.fault = text; redraw(); mainbreak.toast(text); });
    if (done) set("editor", "");
  }

  function open(id, whose, reason) {
    Object.assign(choice, { id, whose, reason, fault: "" });
    set("editor", keyOf(id));
    mainbreak.focusIn(".whose button");
  }

  function editor(id) {
    const pick = (whose) => el("button", { type: "button", class: "choice", "aria-pressed": String(choice.whose === whose), "data-key": `whose ${whose}`, onclick: () => { choice.whose = whose; redraw(); } }, say(`whose.${whose}`));
    const reason = el("input", { type: "text", class: "reason-input", maxlength: 500, "data-key": "whose reason", "aria-label": say("whose.reason"), placeholder: say("whose.reason"),
      oninput: (event) => { choice.reason = event.target.value; go.disabled = !ready(); }, onkeydown: (event) => { if (event.key === "Enter" && ready()) save(id, choice.whose, choice.reason.trim()); } });
    const ready = () => Boolean(choice.whose && choice.reason.trim());
    reason.value = choice.reason;
    const go = actionButton("whose-save", say("whose.save"), "Enter", () => save(id, choice.whose, choice.reason.trim()), "is-primary is-small");
    go.disabled = !ready();
    return el("div", { class: "editor whose", role: "group", "aria-label": say("part.whose") }, el("p", { class: "small" }, say("whose.border")),
      el("div", { class: "choices" }, all.map(pick)), reason, proofs(choice.whose), choice.fault && el("p", { class: "alert", role: "alert" }, glyphs.node(glyphs.tools.warning), el("span", {}, choice.fault)),
      el("div", { class: "buttons" }, go, actionButton("cancel", say("button.cancel"), "Esc", () => set("editor", ""), "is-link is-small")));
  }

  const proofs = (whose) => whose === "third_party" && el("div", { class: "proofs" }, el("b", {}, say("evidence.title")), el("ul", { class: "small" }, evidence.map((key) => el("li", {}, say(key)))));

  function suggested(id, { responsibility, reason }) {
    const words = sentence(reason);
    return [el("p", {}, el("b", {}, say("whose.suggested", { whose: say(`whose.${responsibility}`) })), " ", words), proofs(responsibility),
      may() && el("div", { class: "buttons is-tight" }, actionButton("whose-adopt", say("whose.adopt"), "", () => save(id, responsibility, words), "is-small"),
        actionButton("whose", say("whose.other"), "", () => open(id, "", ""), "is-link is-small"))];
  }

  function decided(id, { decided: whose, reason }) {
    return [el("p", { class: "reason" }, reason), proofs(whose), may() && el("div", { class: "buttons is-tight" },
      actionButton("whose", say("whose.change"), "", () => open(id, whose, reason), "is-small"), actionButton("whose-undo", say("whose.take"), "", () => save(id, null, say("whose.takenWhy")), "is-link is-small"))];
  }

  /** The part of the panel, null until the story has come. */
  mainbreak.parts.whose = (row) => {
    const id = facts.idOf(row), told = mainbreak.story(id), known = told && told.responsibility;
    if (!known) return null;
    const head = known.decided ? say(`whose.${known.decided}`) : say("whose.open");
    if (may() && state.editor === keyOf(id)) return part("whose", head, editor(id));
    const body = known.decided ? decided(id, known) : known.suggestion ? suggested(id, known.suggestion)
      : [may() && el("div", { class: "buttons is-tight" }, actionButton("whose", say("whose.decide"), "", () => open(id, "", ""), "is-small"))];
    const [first, ...rest] = body.filter(Boolean);
    return first ? part("whose", head, el("div", {}, first, ...rest)) : part("whose", head);
  };
})();

/* What a dispatcher decides about an incident: another plan where an isolation valve failed, its end. */
"use strict";

(() => {
  const { actionButton, clock, command, el, facts, glyphs, isolationValves, live, number, say, set, state } = mainbreak;
  const circled = (n) => (n <= 20 ? String.fromCodePoint(0x245f + n) : `(${n})`);
  const may = () => live.me.role === "dispatcher";

  /** ⑤ V-209, ⑥ V-214: what is added to the closing order, by number. */
  const list = (turns) => turns.map(({ id, number: n }) => `${circled(n)} ${id}`).join(say("list.and"));

  function head(turns) {
    const failed = turns.filter((turn) => turn.state === "stuck");
    return say("stuck.title", { list: list(failed) });
  }

  /** Who said so, when and why. */
  function source(outage) {
    const said = outage.failed.at(-1), crew = said && said.crew >= 0 ? facts.facts().day.crews[said.crew].name : "";
    return [crew, said && said.at !== null && clock(said.at), said && said.reason].filter(Boolean).join(" · ");
  }

  /** The price of the proposal: valves, premises, critical ones by name. */
  function price(outage, turns) {
    const { proposal } = outage, added = turns.filter((turn) => turn.added);
    const close = added.length ? say("stuck.instead", { list: list(added) }) : say("stuck.rest");
    const who = proposal.critical.map(([, , kind, name]) => name || say(`premises.${kind}`)).join(say("list.and"));
    const cost = proposal.more ? say("stuck.more", { n: number(proposal.more) }) : say("stuck.noMore");
    return [close, el("b", {}, cost), who ? el("b", {}, say("stuck.with", { who })) : null, say("list.end")];
  }

  mainbreak.stuckAlert = (row, outage) => {
    if (!facts.isBlocked(outage)) return null; // none failed, or another way was adopted
    const turns = isolationValves.turns(outage), { proposal } = outage, last = outage.failed.at(-1).id;
    const sign = circled(turns.find((turn) => turn.id === last)?.number || 0);
    const adopt = proposal && actionButton("adopt", say("stuck.adopt"), "A", () => command(`/api/outages/${encodeURIComponent(outage.id)}/adopt`, {}, say("stuck.adopted")), "is-primary");
    const retry = actionButton("retry", say("stuck.retry", { sign }), "R",
      () => command(`/api/outages/${encodeURIComponent(outage.id)}/retry`, { isolation_valve: last }, say("stuck.retried", { id: last })));
    return el("div", { class: "decision", role: "group", "aria-label": head(turns) },
      el("div", { class: "decision-head" }, glyphs.node(glyphs.tools.warning), el("b", {}, head(turns)), el("span", { class: "count" }, source(outage))),
      el("p", {}, proposal ? price(outage, turns) : say("stuck.none")),
      may() && el("div", { class: "buttons" }, adopt, retry));
  };

  /** Resolved: verify with the callers and close. Else: dismiss, asked once with counts. */
  mainbreak.incidentCommands = (row) => {
    if (!may() || facts.isOver(row)) return null;
    const one = facts.incident(row);
    if (one.state === "resolved") return verify(one);
    return state.editor === `dismiss ${one.id}` ? dismiss(one) : null;
  };

  function verify(one) {
    const run = async () => {
      if (await command(`/api/incidents/${encodeURIComponent(one.id)}/verify`, {}, say("verify.done", { id: one.id }))) set("incident", "");
    };
    return el("div", { class: "decision is-ok" }, el("div", { class: "decision-head" }, glyphs.node(glyphs.tools.met), el("b", {}, say("verify.title"))),
      el("p", {}, say("verify.text", { n: one.tickets.length })), el("div", { class: "buttons" }, actionButton("verify", say("verify.run"), "V", run, "is-primary")));
  }

  function dismiss(one) {
    const run = async () => {
      if (!await command(`/api/incidents/${encodeURIComponent(one.id)}/dismiss`, {}, say("dismiss.done", { id: one.id }))) return;
      set("editor", "");
      set("incident", "");
    };
    return el("div", { class: "decision" }, el("div", { class: "decision-head" }, glyphs.node(glyphs.tools.warning), el("b", {}, say("dismiss.title", { id: one.id }))),
      el("p", {}, say("dismiss.text", { n: one.tickets.length })),
      el("div", { class: "buttons" }, actionButton("dismiss", say("dismiss.run"), "", run), actionButton("cancel", say("button.cancel"), "Esc", () => set("editor", ""), "is-link")));
  }

  /** The quiet way to the question whether an incident is none. */
  mainbreak.dismissButton = (row) => {
    const one = facts.incident(row);
    if (!may() || !["suspected", "confirmed"].includes(one.state) || facts.visitsOf(row).some((visit) => visit.arrived != null)) return null;
    return actionButton("ask-dismiss", say("dismiss.ask"), "", () => set("editor", `dismiss ${one.id}`), "is-link is-small");
  };

  mainbreak.circled = circled;
})();

/* From a button to a report: ask what must be asked, keep it, say so, let it be taken back. */
"use strict";

mainbreak.crew.reporting = (() => {
  const { announce, el, say } = mainbreak;
  const { day, outbox, parts, position, sheets } = mainbreak.crew;
  let timer = 0;

  const because = {
    declined: ["because.vehicle", "because.people", "because.busy"],
    paused: ["because.parts", "because.locates", "because.permit", "because.weather", "because.break"],
    cannot_complete: ["because.access", "because.other_crew", "because.parts", "because.not_ours"],
    valve_stuck: ["because.jammed", "because.broken", "because.buried", "because.not_found"],
  };
  const asks = { declined: "ask.declined", paused: "ask.paused", cannot_complete: "ask.cannot_complete" };
  const words = {
    accepted: "said.accepted", declined: "said.declined", en_route: "said.en_route", on_site: "said.on_site",
    paused: "said.paused", cannot_complete: "said.cannot_complete", field_complete: "said.field_complete",
    valve_closed: "said.valve_closed", valve_stuck: "said.valve_stuck", valve_opened: "said.valve_opened", road_impassable: "said.road_impassable",
  };

  /** What a report says, in the present language. */
  function phrase(item) {
    return say(words[item.kind], { mark: parts.circled(item.shown.number || 0), id: item.isolation_valve || "" });
  }

  /** Why, in words; of a road the first word is a code of ours. */
  function whyOf(item) {
    if (item.kind !== "road_impassable") return item.reason;
    const [code, ...rest] = item.reason.split(" ");
    return [say(`closureReason.${code}`), rest.join(" ")].filter(Boolean).join(" · ");
  }

  /** A road that cannot be passed, at a place; with or without a visit. */
  function road(visit, place, reason) {
    keep({ work_order: visit ? visit.work_order : "", label: visit ? visit.label : "" }, "road_impassable", { reason, ...place });
  }

  function keep(visit, kind, more = {}, number = null) {
    const report = { work_order: visit.work_order, kind, ...position.place(), ...more };
    const item = outbox.add(report, { label: visit.label, number });
    const text = say("said.kept", { what: phrase(item) });
    if (number === null) toast(text, item.key); // an isolation valve's own card offers to undo
    announce(text);
  }

  /** The crew's own word about a visit; `more` may say when it happened. */
  function move(id, kind, more = {}) {
    const visit = day.visit(id);
    if (!visit) return;
    if (asks[kind]) sheets.reason(say(asks[kind]), because[kind], (reason) => keep(visit, kind, { reason }));
    else if (kind === "field_complete") finish(visit);
    else keep(visit, kind, more);
  }

  function finish(visit) {
    const open = visit.isolation ? visit.isolation.order.filter((step) => ["next", "waiting"].includes(step.state)).length : 0;
    const lines = [open > 0 && say("ask.open", { n: open }), say("ask.done")];
    sheets.sure(say("ask.field_complete"), lines, say("do.field_complete"), () => keep(visit, "field_complete"));
  }

  /** An isolation valve: closed, with or without words, or not to be closed for a reason. */
  function valve(id, step, kind, reason = "") {
    const visit = day.visit(id);
    if (!visit) return;
    if (kind === "valve_stuck" && !reason) {
      const title = say("ask.stuck", { mark: parts.circled(step.number), id: step.id });
      sheets.reason(title, because.valve_stuck, (said) => keep(visit, kind, { isolation_valve: step.id, reason: said }, step.number));
    } else keep(visit, kind, { isolation_valve: step.id, reason }, step.number);
  }

  function undo(key) {
    const item = outbox.all().find((one) => one.key === key);
    if (!item || !outbox.undo(key)) return;
    hide();
    announce(say("undo.done", { what: phrase(item) }));
  }

  function toast(text, key) {
    const box = document.getElementById("toast");
    const take = el("button", { type: "button", class: "undo", onclick: () => undo(key) }, say("undo.one"));
    box.replaceChildren(el("span", {}, text), take);
    box.hidden = false;
    box.dataset.of = key;
    window.clearTimeout(timer);
    timer = window.setTimeout(hide, 6000);
  }

  function hide() {
    document.getElementById("toast").hidden = true;
  }

  /** Once it is on its way there is nothing left to undo. */
  mainbreak.on("outbox", () => {
    const box = document.getElementById("toast");
    if (box.hidden) return;
    const item = outbox.all().find((one) => one.key === box.dataset.of);
    if (!item || !outbox.canUndo(item)) hide();
  });

  window.addEventListener("hashchange", hide);

  return { move, phrase, road, undo, valve, why: whyOf };
})();

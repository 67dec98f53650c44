/* 待发: what waits, what is with dispatch, what was delivered; newest first. */
"use strict";

mainbreak.crew.screens.outbox = (() => {
  const { el, say, sentence } = mainbreak;
  const { icons, outbox, parts, reporting } = mainbreak.crew;

  function stateOf(item) {
    if (outbox.isFlying(item)) return say("outbox.sending");
    if (item.state === "waiting") return say("valve.unsent");
    return { conflict: say("outbox.conflict"), settled: say("outbox.settled"), refused: say("outbox.refused") }[item.outcome] || say("outbox.sent");
  }

  function end(item) {
    if (outbox.canUndo(item)) return [parts.button(say("undo.one"), () => reporting.undo(item.key), { look: "small", key: `${item.id}.undo` })];
    if (item.outcome === "conflict") return [parts.chip(say("outbox.conflict"), "is-wait")];
    if (item.outcome === "refused") return [parts.chip(say("outbox.refused"), "is-bad")];
    return item.state === "sent" ? [parts.chip(say("outbox.done"), "is-good")] : [parts.chip(say("outbox.sending"))];
  }

  function row(item) {
    const picture = item.state === "waiting" ? "clock" : ["conflict", "refused"].includes(item.outcome) ? "warning" : "check";
    return el("li", { class: "sent" }, icons(picture),
      el("div", { class: "step-text" }, el("h2", {}, reporting.phrase(item)),
        el("p", { class: "meta" }, [parts.clock(item.device_time), item.shown.label || item.work_order, reporting.why(item), stateOf(item)].filter(Boolean).join(" · ")),
        item.outcome === "refused" && item.detail && el("p", { class: "meta" }, sentence(item.detail))), end(item));
  }

  function conflicts(items) {
    const open = items.filter((item) => item.outcome === "conflict");
    if (!open.length) return null;
    const lines = open.slice(-5).map((item) => el("p", {}, say("outbox.kept",
      { what: `${reporting.phrase(item)} ${item.shown.label || item.work_order}`, why: item.conflict ? sentence(item.conflict) : "" })));
    return el("div", { class: "note is-warning is-list" }, icons("warning"), el("div", {}, el("b", {}, say("outbox.count", { n: open.length })), lines));
  }

  function draw() {
    const items = outbox.all(), waiting = items.filter((item) => item.state === "waiting");
    const list = items.slice(-60).reverse().map(row);
    return {
      tab: "outbox",
      title: [el("h1", {}, say("outbox.title")), el("span", { class: "end" }, say(outbox.kept ? "line.kept" : "line.notKept"))],
      body: [conflicts(items), list.length ? el("ul", { class: "card sent-list" }, list)
        : el("div", { class: "empty" }, el("b", {}, say("outbox.empty")), el("p", {}, say("outbox.emptyHint"))),
      waiting.length > 0 && parts.button(say("outbox.now"), () => outbox.flush(true), { key: "now" }),
      el("p", { class: "small" }, say("outbox.noUndo"))],
    };
  }

  return draw;
})();

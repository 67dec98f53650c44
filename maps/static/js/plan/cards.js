/* Cards that take the panel's place: a visit, a crew, the plan's versions, what nobody has, what if. They lie
   on each other; closing one shows the one below, at last the incident. */
"use strict";

mainbreak.cards = {};

(() => {
  const { cards, el, emit, glyphs, live, on, say, set, state } = mainbreak;
  const deepest = 6;
  const below = [];
  let opener = "";

  /** Open a card by its kind and what it is about: `visit W0061I`, `crew C1`, `plan`. */
  function open(name) {
    if (state.card === name) return;
    if (state.card) below.push(state.card);
    else { below.length = 0; opener = document.activeElement?.dataset?.key || ""; }
    if (below.length > deepest) below.shift();
    set("editor", "");
    set("card", name);
    mainbreak.focusIn("[data-key='card title']");
  }

  function close() {
    set("editor", "");
    set("card", below.pop() || "");
    const node = !state.card && opener && document.querySelector(`[data-key="${CSS.escape(opener)}"]`);
    (node || document.getElementById("panel")).focus({ preventScroll: true });
  }

  function closeAll() {
    below.length = 0;
    set("card", "");
  }

  /** The head of a card: its sign, what it is about, its id, chips, and the way back. */
  function head(sign, title, id, ...chips) {
    const shut = el("button", { type: "button", class: "quiet close", title: say("card.close"), "aria-label": say("card.close"), "data-key": "card close", onclick: close }, glyphs.node(glyphs.tools.close));
    const shown = chips.flat().filter(Boolean);
    return el("header", { class: "panel-head" }, el("div", { class: "panel-title" }, sign, el("h2", { tabindex: "-1", "data-key": "card title" }, title), el("span", { class: "count" }, id), shut),
      shown.length > 0 && el("div", { class: "chips" }, shown));
  }

  const chip = (look, sign, text) => el("span", { class: `chip ${look}` }, sign && glyphs.node(sign), text);

  /** A part of a card under its own heading. */
  const section = (title, detail, ...children) => el("section", { class: "part" },
    title && el("h3", {}, title, detail ? [" ", el("span", { class: "count" }, detail)] : null), ...children);

  /** What the open card shows, null while none is open. */
  mainbreak.cardPanel = () => {
    const [kind, ...rest] = state.card.split(" ");
    return state.card ? cards[kind](rest.join(" ")) : null;
  };

  mainbreak.startCards = () => {
    on("card", () => { if (state.card && state.ticket) set("ticket", ""); });
    on("ticket", (id) => id && closeAll());
    on("incident", closeAll);
    document.getElementById("incidents").addEventListener("click", closeAll); // the selected one too
  };

  const may = () => live.me.role === "dispatcher";
  const redraw = () => emit("card", state.card);

  Object.assign(mainbreak, { cardParts: { chip, head, may, redraw, section }, closeCard: close, closeCards: closeAll, openCard: open });
})();

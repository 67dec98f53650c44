/* Two languages, switched at once; the phrases are the catalogues of maps/i18n. Light and dark. */
"use strict";

(() => {
  const { data, emit, on, remember, remembered, set, state } = mainbreak;

  /** The phrase of a key, with {names} filled in. */
  function say(key, values = {}) {
    const phrase = data("words")[state.language][key];
    if (phrase === undefined) throw new Error(`no words for ${key}`);
    return phrase.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  /** A sentence that came in both languages. */
  const sentence = (both) => both[state.language];

  const tickets = (n) => say(n === 1 ? "count.ticket" : "count.tickets", { n });

  function sayAll() {
    document.documentElement.lang = state.language;
    for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
    for (const node of document.querySelectorAll("[data-label]")) {
      const label = say(node.dataset.label);
      node.setAttribute("aria-label", label);
      if (node.tagName === "BUTTON") node.title = label;
    }
  }

  /** How long ago, in the largest unit that says enough. */
  function ago(seconds) {
    const whole = Math.max(0, Math.round(seconds));
    if (whole < 90) return say("ago.seconds", { n: whole });
    if (whole < 5400) return say("ago.minutes", { n: Math.round(whole / 60) });
    return say("ago.hours", { n: Math.round(whole / 3600) });
  }

  /** Say everything in the remembered language, else in the page's own. */
  function startWords(own) {
    const languages = Object.keys(data("words"));
    const asked = remembered("language");
    state.language = languages.includes(asked) ? asked : own;
    on("language", (language) => {
      remember("language", language);
      sayAll();
      emit("redraw");
    });
    sayAll();
  }

  const otherLanguage = () => (state.language === "en" ? "zh-CN" : "en");

  function startTheme() {
    const system = window.matchMedia("(prefers-color-scheme: dark)");
    const show = (theme) => {
      document.documentElement.dataset.theme = theme;
      state.theme = theme;
      emit("theme", theme);
    };
    system.addEventListener("change", (event) => show(event.matches ? "dark" : "light"));
    show(remembered("theme") || (system.matches ? "dark" : "light"));
    mainbreak.switchTheme = () => {
      const theme = state.theme === "dark" ? "light" : "dark";
      remember("theme", theme);
      show(theme);
    };
  }

  Object.assign(mainbreak, {
    ago, say, sayAll, sentence, startTheme, startWords, tickets,
    switchLanguage: () => set("language", otherLanguage()),
  });
})();

/* Two languages, switched at once; the dictionaries are maps/i18n/*.json. */
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

  function startWords() {
    const languages = Object.keys(data("words"));
    const asked = remembered("language");
    state.language = languages.includes(asked) ? asked : data("day").language;
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
    say, sentence, startTheme, startWords, tickets,
    switchLanguage: () => set("language", otherLanguage()),
  });
})();

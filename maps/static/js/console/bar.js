/* The top bar: which day, how much of everything, language, light or dark. */
"use strict";

mainbreak.startBar = () => {
  const { clock, el, facts, glyphs, number, on, say, state } = mainbreak;
  const get = (id) => document.getElementById(id);

  function counts() {
    const { day } = facts.facts();
    const item = (value, key, look = "") => el("li", { class: look }, el("b", {}, number(value)), " ", say(key));
    return [
      item(day.tickets.length, "bar.tickets"), item(day.incidents.length, "bar.incidents"),
      item(day.out, "bar.out", day.out ? "is-dry" : ""), item(day.crews.length, "bar.crews"),
      day.unassigned.length ? item(day.unassigned.length, "bar.unassigned", "is-open") : null,
      day.rejected ? item(day.rejected, "bar.rejected") : null,
    ].filter(Boolean);
  }

  function draw() {
    const { day } = facts.facts();
    get("title").textContent = [day.title, day.date].filter(Boolean).join(" · ");
    get("counts").replaceChildren(...counts());
    get("now").textContent = clock(day.now);
    get("method").textContent = day.straight ? say("bar.straight") : "";
    get("method").classList.toggle("is-warning", day.straight);
    get("language").textContent = say("bar.otherLanguage");
    get("help").setAttribute("aria-label", say("keys.title"));
    themeButton();
  }

  function themeButton() {
    const button = get("theme"), next = state.theme === "dark" ? "light" : "dark";
    button.replaceChildren(glyphs.node(next === "dark" ? glyphs.tools.sun : glyphs.tools.moon));
    button.title = say(`theme.${next}`);
    button.setAttribute("aria-label", button.title);
  }

  get("language").addEventListener("click", mainbreak.switchLanguage);
  get("theme").addEventListener("click", mainbreak.switchTheme);
  on("theme", draw);
  on("redraw", draw);
  draw();
};

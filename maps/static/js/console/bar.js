/* The top bar of a planned day: which day, how much of everything. */
"use strict";

mainbreak.startBar = () => {
  const { clock, el, facts, number, on, say } = mainbreak;
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
    get("help").setAttribute("aria-label", say("keys.title"));
  }

  mainbreak.startSwitches();
  on("redraw", draw);
  draw();
};

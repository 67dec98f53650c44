/* Begin: words and who I am, then the day; what fails is said, and tried again by a button. */
"use strict";

(async () => {
  const { el, live, say } = mainbreak;
  const { day, frame, icons, parts, position } = mainbreak.crew;
  const screen = document.getElementById("screen");

  try {
    await live.start("crew");
    await day.start();
  } catch (error) {
    if (error.status === 401) window.location.assign("/login?next=/crew");
    if (!mainbreak.has("words")) { // no phrase of any language is here yet
      screen.replaceChildren(el("button", { type: "button", class: "act is-primary", onclick: () => window.location.reload() }, "mainbreak ↻"));
      return;
    }
    const again = parts.button(say("crew.retry"), () => window.location.reload(), { look: "primary" });
    screen.replaceChildren(el("div", { class: "note is-warning" }, icons("warning"),
      el("b", {}, error.status === 0 ? say("live.away") : say("crew.failed", { text: error.message || "" }))), again);
    return;
  }
  document.title = `${day.me.crew.name} · mainbreak`;
  position.start();
  frame.start();
  document.documentElement.dataset.ready = "";
})();

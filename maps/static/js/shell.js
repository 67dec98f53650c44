/* The head that the served pages share: pages, connection, user, language, theme, clock. Each part is
   an element by its id; a page leaves out what it does not show. */
"use strict";

mainbreak.startSwitches = () => {
  const { glyphs, on, say, state } = mainbreak;
  const language = document.getElementById("language"), theme = document.getElementById("theme");

  function draw() {
    language.textContent = say("bar.otherLanguage");
    const next = state.theme === "dark" ? "light" : "dark";
    theme.replaceChildren(glyphs.node(next === "dark" ? glyphs.tools.sun : glyphs.tools.moon));
    theme.title = say(`theme.${next}`);
    theme.setAttribute("aria-label", theme.title);
  }

  language.addEventListener("click", mainbreak.switchLanguage);
  theme.addEventListener("click", mainbreak.switchTheme);
  on("theme", draw);
  on("redraw", draw);
  draw();
};

/** `live.now()` as the wall clock of the utility's zone. */
mainbreak.wallClock = (seconds, zone, parts = { hour: "2-digit", minute: "2-digit" }) =>
  new Intl.DateTimeFormat("en-GB", { ...parts, hourCycle: "h23", timeZone: zone }).format(seconds * 1000);

mainbreak.startShell = () => {
  const { el, glyphs, live, on, say, span, wallClock } = mainbreak;
  const get = (id) => document.getElementById(id);
  const seen = { dispatcher: ["console", "desk"], manager: ["console"], agent: ["desk"] };

  /** The pages this role may open; the present one is marked. */
  function pages() {
    const here = window.location.pathname.slice(1);
    const link = (page) => el("a", { href: `/${page}`, "aria-current": page === here && "page" }, say(`nav.${page}`));
    get("nav").replaceChildren(...(seen[live.me.role] || []).map(link));
  }

  function user() {
    const out = el("button", { type: "button", class: "link", onclick: leave }, say("nav.logout"));
    get("user").replaceChildren(el("span", { class: "who" }, say(`role.${live.me.role}`), " ", live.me.name || ""), out);
  }

  async function leave() {
    try { await live.api("DELETE", "/api/session"); } catch { /* gone already */ }
    window.location.assign("/login");
  }

  /** A chip while the line is good; an amber bar once it is silent for more than five seconds. */
  function connection(line) {
    const chip = get("connection"), bar = get("offline");
    chip.hidden = line.lost;
    chip.classList.toggle("is-starting", line.starting);
    chip.replaceChildren(glyphs.node(glyphs.tools.live), line.starting ? say("live.starting") : say("live.now", { n: line.quiet }));
    bar.hidden = !line.lost;
    document.body.classList.toggle("is-offline", line.lost);
    if (!line.lost) return;
    const values = { span: span(line.quiet), time: wallClock(line.since, live.me.zone) };
    bar.replaceChildren(glyphs.node(glyphs.tools.offline), el("b", {}, say("live.lost", values)), el("span", {}, say("live.retry")));
  }

  function tick() {
    if (get("now")) get("now").textContent = wallClock(live.now(), live.me.zone);
  }

  function draw() {
    if (get("nav")) pages();
    if (get("user")) user();
    if (get("connection")) connection(live.state());
    tick();
  }

  mainbreak.startSwitches();
  if (get("connection")) on("line", connection);
  on("redraw", draw);
  window.setInterval(tick, 1000);
  draw();
};

/* Why an incident is urgent; major ones: their mark, and a banner over the map until somebody says to know of them. */
"use strict";

(() => {
  const { actionButton, clock, command, data, el, facts, glyphs, live, on, onParts, say, sentence, set } = mainbreak;
  const fewest = 5; // premises that make an incident collective, see domain/collective.py
  const may = () => ["dispatcher", "manager"].includes(live.me.role);
  const bar = el("section", { id: "major", class: "major", hidden: true });
  let told = "";

  /** How many premises have called, by the last time it was counted. */
  function callers(id) {
    const event = data("day").log.find((one) => one.kind === "incident.collective" && one.subject === id);
    return event ? event.payload.callers : fewest;
  }

  const why = (id) => say("major.why", { n: callers(id) });

  /** The mark in the queue, null for most. */
  mainbreak.majorChip = (row) => {
    const one = facts.incident(row);
    return one.collective == null ? null : el("span", { class: "chip is-major", title: why(one.id) }, glyphs.node(glyphs.tools.people), say("major.chip"));
  };

  /** The mark in the panel, with why. */
  mainbreak.majorLine = (row) => {
    const one = facts.incident(row);
    return one.collective == null ? null : el("span", { class: "chip is-major" }, glyphs.node(glyphs.tools.people), `${say("major.chip")} · ${why(one.id)}`);
  };

  /** By which callers' words the incident is as urgent as it is. */
  mainbreak.urgentLines = (row) => {
    const one = facts.incident(row), story = mainbreak.story(one.id);
    const reasons = story ? story.tickets.filter((ticket) => ticket.priority === `P${one.p}`).flatMap((ticket) => ticket.priority_reasons).map(sentence) : [];
    return reasons.length ? el("ul", { class: "small urgent" }, [...new Set(reasons)].slice(0, 2).map((text) => el("li", {}, `P${one.p} · ${text}`))) : null;
  };

  const waiting = () => facts.sorted().filter((row) => facts.incident(row).collective != null && !facts.incident(row).seen);

  function draw() {
    const rows = waiting(), first = rows[0];
    bar.hidden = !rows.length;
    if (rows.length) {
      const one = facts.incident(first), title = say("major.title", { id: one.id });
      if (told !== one.id) mainbreak.announce(`${title} ${facts.title(first)}`);
      told = one.id;
      const more = rows.length > 1 ? say("major.more", { n: rows.length - 1 }) : "";
      const seen = may() && actionButton("major-seen", say("major.seen"), "N", () => command(`/api/incidents/${encodeURIComponent(one.id)}/acknowledge`, {}, say("major.done", { id: one.id })), "is-small is-primary");
      const fact = el("div", { class: "major-text" }, el("b", {}, `${title} · ${facts.title(first)}`), " ", el("span", {}, [why(one.id), clock(one.collective), more].filter(Boolean).join(" · ")));
      bar.replaceChildren(glyphs.node(glyphs.tools.people), fact, el("span", { class: "major-buttons" }, actionButton("major-see", say("major.see"), "", () => set("incident", one.id), "is-small"), ...(seen ? [seen] : [])));
    }
    document.body.style.setProperty("--major", bar.hidden ? "0px" : `${bar.offsetHeight}px`);
  }

  mainbreak.startMajor = () => {
    document.body.append(bar);
    bar.setAttribute("role", "region");
    onParts(["day.incidents", "day.log"], draw);
    on("redraw", () => { bar.setAttribute("aria-label", say("major.chip")); draw(); });
    bar.setAttribute("aria-label", say("major.chip"));
    new ResizeObserver(() => document.body.style.setProperty("--major", bar.hidden ? "0px" : `${bar.offsetHeight}px`)).observe(bar);
    draw();
  };
})();

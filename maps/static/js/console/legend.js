/* The legend: what the map draws, drawn as the map draws it; far out only what shows there. */
"use strict";

mainbreak.legend = () => {
  const { el, facts, glyphs, say } = mainbreak;
  const { samples } = glyphs, { live } = facts.facts().day;
  const squares = '<svg class="g dots" width="48" height="12" aria-hidden="true"><circle class="wet" cx="6" cy="6" r="2.5"/>'
    + '<rect class="out" x="16.5" y="2.5" width="7" height="7"/><rect class="dry" x="32.5" y="2.5" width="7" height="7"/></svg>';
  const planned = '<svg class="g dots" width="32" height="12" aria-hidden="true"><circle class="wet" cx="6" cy="6" r="2.5"/><rect class="dry" x="16.5" y="2.5" width="7" height="7"/></svg>';

  const item = (look) => (key, ...marks) => el("li", { class: look },
    el("span", { class: "sample-box" }, marks.map((mark) => glyphs.node(mark))), say(`legend.${key}`));
  const far = item("is-far"), near = item("is-near");

  const crew = far("crew", glyphs.crew(say("legend.crewSign"), 22, live ? "on_site" : ""));
  const common = [far("unintended", samples.unintended), far("route", samples.route), far("burst", glyphs.burst(24)),
    far("ticket", glyphs.priority(2, 0.75), glyphs.priority(3, 0.75)), near("probable", samples.probable)];
  const pipes = [far("trunk", samples.trunk), far("main", samples.main), far("service", samples.service)];
  const shut = [near("open", glyphs.bowtie("open")), near("closed", glyphs.bowtie("closed")), near("stuck", glyphs.bowtie("inoperable")),
    near("toClose", glyphs.bowtie("open"), glyphs.order("1")), near("optional", glyphs.order("o", "optional"))];
  const hydrant = near("hydrant", glyphs.hydrant(false), glyphs.hydrant(true));
  const people = [near("critical", glyphs.critical("dry")), near("premises", planned)];

  const items = live
    ? [far("out", samples.out), near("open", glyphs.bowtie("open")), near("critical", glyphs.critical("dry out")),
      far("dry", samples.dry), near("closed", glyphs.bowtie("closed")), near("premisesLive", squares),
      far("unintended", samples.unintended), near("stuck", glyphs.bowtie("inoperable")), hydrant,
      near("suspect", samples.suspect), near("toClose", glyphs.bowtie("open"), glyphs.order("1", "next")), crew,
      far("streetClosed", mainbreak.closureSigns.sample("is-closed")), far("streetSlow", mainbreak.closureSigns.sample("is-slow")), far("route", samples.route)]
    : [far("dry", samples.dry), ...pipes, crew, ...common, ...shut, ...people, hydrant];
  document.getElementById("legend").replaceChildren(el("h2", {}, say("legend.title"), el("kbd", {}, live ? "O" : "L")), el("ul", {}, items));
};

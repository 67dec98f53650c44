/* Search over what the page holds: incidents, tickets, isolation valves of outages, crews. */
"use strict";

mainbreak.startSearch = (map) => {
  const { at, data, el, facts, glyphs, isolationValves, say, set } = mainbreak;
  const get = (id) => document.getElementById(id), most = 8;
  let hits = [], active = 0;

  const icon = (row) => glyphs.priority(facts.incident(row).p, 0.75);

  function incidents() {
    return facts.facts().day.incidents.map((one, row) => ({ glyph: icon(row), text: facts.title(row), detail: one.id, run: () => set("incident", one.id) }));
  }

  function tickets() {
    const { day } = facts.facts(), placed = day.incidents.flatMap((one) => one.tickets.map((ticket) => ({ ticket: day.tickets[ticket], incident: one.id })));
    const hit = (one, run) => ({ glyph: glyphs.priority(one.p, 0.75), text: one.text || say(`symptom.${one.symptom}`), detail: one.id, run });
    return [...placed.map(({ ticket, incident }) => hit(ticket, () => set("incident", incident))), ...day.unlocated.map((one) => hit(one, () => set("ticket", one.id)))];
  }

  function crews() {
    const short = mainbreak.crews.shortNames();
    return facts.facts().day.crews.map((crew, row) => ({ glyph: glyphs.crew(short[row], 20), text: crew.name, detail: mainbreak.crews.word(crew), run: () => { map.setView(at(...crew.xy), 17); mainbreak.openCard(`crew ${crew.id}`); } }));
  }

  function valves() {
    return data("isolation_valves").map(([id, x, y]) => ({ glyph: glyphs.bowtie(isolationValves.state(id)), text: id, detail: say("layer.isolation_valves"), run: () => map.setView(at(x, y), 18) }));
  }

  function look(text) {
    const wanted = text.trim().toLowerCase();
    const fits = (one) => `${one.text} ${one.detail}`.toLowerCase().includes(wanted);
    hits = wanted ? [...incidents(), ...crews(), ...tickets(), ...(wanted.length > 1 ? valves() : [])].filter(fits).slice(0, most) : [];
    active = 0;
    draw(Boolean(wanted));
  }

  function draw(open) {
    const item = (one, row) => el("li", { id: `hit-${row}`, role: "option", "aria-selected": String(row === active), onpointerdown: (event) => { event.preventDefault(); take(row); } },
      glyphs.node(one.glyph), el("b", {}, one.text), el("span", { class: "count" }, one.detail));
    get("found").replaceChildren(...(hits.length ? hits.map(item) : [el("li", { class: "empty" }, say("search.none"))]));
    get("found").hidden = !open;
    get("search").setAttribute("aria-expanded", String(open));
    get("search").setAttribute("aria-activedescendant", open && hits.length ? `hit-${active}` : "");
  }

  function close() {
    get("search").value = "";
    hits = [];
    draw(false);
    get("search").blur();
  }

  function take(row) {
    const hit = hits[row];
    if (!hit) return;
    close();
    hit.run();
  }

  function key(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close();
    else if (event.key === "Enter") take(active);
    else if (by && hits.length) {
      active = (active + by + hits.length) % hits.length;
      draw(true);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const hint = () => { get("search").placeholder = say("search.hint"); };
  get("search-icon").append(glyphs.node(glyphs.tools.search));
  get("search").addEventListener("input", (event) => look(event.target.value));
  get("search").addEventListener("keydown", key);
  get("search").addEventListener("blur", () => draw(false));
  get("search").addEventListener("focus", (event) => event.target.value && draw(true));
  mainbreak.on("redraw", hint);
  hint();
};

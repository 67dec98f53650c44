/* What is to be supposed: one crew more, a crew away, a street closed, an order pinned or a crew forbidden. Each
   stands in a list and can be taken out again; streets are drawn as closures are. */
"use strict";

mainbreak.suppositions = (() => {
  const { actionButton, cardParts, clock, closures, data, el, emit, facts, glyphs, live, plan, say } = mainbreak;
  const kinds = ["extra", "away", "closed", "pinned", "forbidden"], hour = 3600;
  const draft = { kind: "extra", crew: "", order: "", until: "4" };
  const list = [];
  let node = null;

  const dayCrews = () => data("day").crews;
  /** Work that a crew can still be told to do or not to do. */
  const orders = () => data("day").orders.filter((order, row) => {
    const visit = facts.facts().visitOf.get(row);
    return ["ready", "assigned", "waiting"].includes(order.state) && !(visit && plan.begun(visit));
  });

  const crewNamed = (id) => plan.crewName(id);
  const texts = {
    extra: (one) => say("suppose.extra", { crew: crewNamed(one.crew), time: clock(one.until) }), away: (one) => say("suppose.away", { crew: crewNamed(one.crew) }),
    closed: (one) => say("suppose.closed", { street: one.street || say("closure.unnamed") }), pinned: (one) => say("suppose.pinned", { crew: crewNamed(one.crew), title: plan.title(one.order) }),
    forbidden: (one) => say("suppose.forbidden", { crew: crewNamed(one.crew), title: plan.title(one.order) }),
  };
  const text = (one) => texts[one.kind](one);

  /** A crew like one that is there, from where that one is now until an hour. */
  function extra({ crew, until }) {
    const like = dayCrews()[plan.crewRow(crew)];
    return { name: say("suppose.extraName"), skills: like.skills, size: like.size, lon: like.xy[0] / 1e6, lat: like.xy[1] / 1e6, shift_start: null, shift_end: closures.instant(until) };
  }

  /** The question as the server takes it. */
  function body() {
    const of = (kind) => list.filter((one) => one.kind === kind), pair = ({ crew, order }) => ({ crew, work_order: order });
    return { crews: of("extra").map(extra), away: of("away").map((one) => one.crew), closures: of("closed").map((one) => one.body), forbidden: of("forbidden").map(pair), pinned: of("pinned").map(pair) };
  }

  function add(one) {
    if (!list.some((other) => JSON.stringify(other) === JSON.stringify(one))) list.push(one);
    node = null;
  }

  /** What stands in the fields, null while it is not enough. */
  function drafted() {
    const { crew, kind, order, until } = draft;
    if (kind === "closed" || !crew) return null;
    if (kind === "extra") return { kind, crew, until: until === "shift" ? dayCrews()[plan.crewRow(crew)].shift[1] : Math.round(facts.now() + Number(until) * hour) };
    if (kind === "away") return { kind, crew };
    return order ? { kind, crew, order } : null;
  }

  /** Take what stands in the fields into the list. */
  function take() {
    const one = drafted();
    if (one) add(one);
  }

  function clear() {
    list.length = 0;
    node = null;
  }

  function select(name, label, options) {
    const input = el("select", { "data-key": `suppose ${name}`, onchange: (event) => { draft[name] = event.target.value; emit("drafted"); } }, options.map(([value, word]) => el("option", { value }, word)));
    if (!options.some(([value]) => value === draft[name])) draft[name] = options[0] ? options[0][0] : "";
    input.value = draft[name];
    return el("label", { class: "field" }, el("span", {}, label), input);
  }

  function drawn(drawnBody, answer) {
    add({ kind: "closed", body: drawnBody, street: answer.street });
    cardParts.redraw();
    mainbreak.focusIn("[data-action=whatif-go]");
  }

  function fields() {
    const present = dayCrews().filter((crew) => crew.shift[1] > facts.now()), crewsNow = (present.length ? present : dayCrews()).map((crew) => [crew.id, crew.name]);
    const work = () => orders().map((order) => [order.id, `${plan.title(order.id)} · ${order.id}`]);
    if (draft.kind === "extra") return [select("crew", say("suppose.like"), crewsNow), select("until", say("suppose.until"), [["2", say("suppose.hours", { n: 2 })], ["4", say("suppose.hours", { n: 4 })], ["8", say("suppose.hours", { n: 8 })], ["shift", say("suppose.itsShift")]])];
    if (draft.kind === "away") return [select("crew", say("suppose.crew"), crewsNow)];
    if (draft.kind === "closed") {
      if (data("day").straight) return [el("p", { class: "small" }, say("closure.noStreets"))];
      return [el("p", { class: "small" }, say("suppose.draw")), el("div", { class: "buttons is-tight" }, actionButton("suppose-draw", say("suppose.drawRun"), "", () => mainbreak.drawClosure(null, drawn), "is-small"))];
    }
    if (!orders().length) return [el("p", { class: "small" }, say("suppose.noOrders"))];
    return [select("order", say("suppose.order"), work()), select("crew", say("suppose.crew"), crewsNow)];
  }

  const tab = (kind) => el("button", { type: "button", class: "choice", "data-key": `suppose ${kind}`, "aria-pressed": String(draft.kind === kind), onclick: () => { draft.kind = kind; node = null; cardParts.redraw(); } }, glyphs.node(signs()[kind]), say(`suppose.kind.${kind}`));
  const signs = () => ({ extra: glyphs.kinds.install, away: glyphs.tools.away, closed: glyphs.tools.barred, pinned: glyphs.tools.fixed, forbidden: glyphs.tools.barred });

  /** The fields; made once, so that an open list of choices stays open while the day goes on. */
  function form() {
    const drawing = mainbreak.isClosing() && mainbreak.closureNode();
    if (drawing) return drawing;
    node = node || el("div", { class: "suppose-form" }, el("div", { class: "choices", role: "group", "aria-label": say("suppose.title") }, kinds.map(tab)), el("div", { class: "suppose-fields" }, fields()));
    return node;
  }

  const item = (one, row) => el("li", { class: "supposed" }, glyphs.node(signs()[one.kind]), el("span", {}, text(one)),
    el("button", { type: "button", class: "quiet is-icon", "data-key": `drop ${row}`, title: say("suppose.drop", { text: text(one) }), "aria-label": say("suppose.drop", { text: text(one) }), onclick: () => { list.splice(row, 1); emit("dropped"); cardParts.redraw(); } }, glyphs.node(glyphs.tools.close)));

  /** What is supposed so far. */
  const shown = () => (list.length ? el("ul", { class: "supposed-list" }, list.map(item)) : null);

  mainbreak.on("language", () => { node = null; });
  return { add, body, clear, drafted, form, list, shown, take, get may() { return live.me.role === "dispatcher"; } };
})();

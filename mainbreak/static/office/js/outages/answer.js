/* The public's question: an address in, what is known about its water out, and what to do now. */
"use strict";

mainbreak.startAnswer = (found) => {
  const { announce, el, icons, live, number, office, on, say, sentence } = mainbreak;
  const get = (id) => document.getElementById(id);
  const todo = {
    no_water: [["cross", "do.heater"], ["lock", "do.taps"], ["drop", "do.cloudy"], ["phone", "do.report"]],
    will_be_off: [["drop", "do.store"], ["cross", "do.heater"], ["lock", "do.taps"], ["clock", "do.wait"]],
    planned: [["drop", "do.store"], ["cross", "do.heater"], ["lock", "do.taps"], ["clock", "do.wait"]],
    suspected: [["clock", "do.wait"], ["drop", "do.store"], ["phone", "do.report"]],
    restored: [["drop", "do.cloudy"], ["lock", "do.valve"], ["phone", "do.still"]],
    nothing_known: [["lock", "do.valve"], ["people", "do.neighbour"], ["phone", "do.report"]],
    place_unknown: [["pen", "do.write"], ["cross", "do.short"], ["phone", "do.call"]],
  };
  let asked = "", answer = null, busy = false, fault = null;

  /** The large line: until when, or how far it is. */
  function headline() {
    const { kind } = answer;
    if (kind === "no_water" || kind === "will_be_off") {
      const { known, passed, time } = office.etr(answer.etr);
      return !known ? say("big.backUnknown") : passed ? say("big.passed") : say("big.back", { time });
    }
    if (kind === "planned" && answer.etr) return say("big.planned", office.span(answer.since, answer.etr.at));
    if (kind === "suspected") return say("big.suspected");
    if (kind !== "restored") return "";
    return answer.restored_at ? say("big.restored", { time: office.clock(answer.restored_at) }) : say("big.restoredBare");
  }

  /** Where the time comes from and how old it is. */
  function source() {
    if (answer.kind !== "no_water" && answer.kind !== "will_be_off") return "";
    const etr = office.etr(answer.etr);
    const since = answer.kind === "no_water" && answer.since && say("since.off", { time: office.clock(answer.since) });
    return [el("span", { class: etr.old && "is-old" }, etr.source), since && ` · ${since}`].filter(Boolean);
  }

  function card() {
    const big = headline(), below = source();
    return [
      el("h2", {}, icons.icon(answer.kind, 36), el("span", {}, say(`answer.${answer.kind}`, { label: answer.label }))),
      big && el("p", { class: "big" }, big),
      below && el("p", { class: "source" }, below),
      el("p", { class: "script" }, sentence(answer.script)),
    ].filter(Boolean);
  }

  function draw() {
    get("address").placeholder = say("public.example");
    get("check").textContent = say(busy ? "public.checking" : "public.check");
    get("fault").hidden = !fault;
    get("fault").textContent = fault ? fault() : "";
    get("answer").hidden = get("advice").hidden = !answer;
    if (!answer) return;
    get("answer").className = `answer is-${answer.kind}`;
    get("answer").replaceChildren(...card());
    get("advice").replaceChildren(el("h2", {}, say("do.title")), el("ul", {}, todo[answer.kind].map(([name, key]) =>
      el("li", {}, icons.icon(name, 20), el("span", {}, say(key))))));
  }

  /** A card that reads the same is left alone, so that nothing is announced twice. */
  function show(next) {
    if (answer && JSON.stringify(next) === JSON.stringify(answer)) return;
    answer = next;
    draw();
    announce([say(`answer.${answer.kind}`, { label: answer.label }), headline(), sentence(answer.script)].filter(Boolean).join("; "));
  }

  function refused(error) {
    if (error.status === 429) return () => say("public.tooOften", { n: number(error.problem.retry_after || 60) });
    if (error.status === 422 || error.status === 400) return () => say("public.failed", { text: error.message });
    return () => live.explain(error);
  }

  async function ask(event) {
    event.preventDefault();
    const address = get("address").value.trim();
    if (busy) return;
    fault = address ? null : () => say("public.noAddress");
    if (fault) { draw(); get("address").focus(); return; }
    busy = true;
    draw();
    try {
      const next = await live.api("POST", "/api/public/answer", { address });
      asked = address;
      show(next);
      found(next);
    } catch (error) {
      fault = refused(error);
    } finally {
      busy = false;
      draw();
    }
  }

  /** Ask the same again after something changed; a refusal leaves the answer that stands. */
  async function again() {
    if (!asked || busy) return;
    try {
      const next = await live.api("POST", "/api/public/answer", { address: asked });
      if (!busy) { show(next); found(next, false); }
    } catch { /* the answer that stands keeps its age */ }
  }

  get("ask").addEventListener("submit", ask);
  on("redraw", draw);
  window.setInterval(() => { if (answer && answer.etr) draw(); }, 30000);
  draw();
  return { again };
};

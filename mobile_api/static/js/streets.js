/* 道路不通: said with a tap, closed for everybody the moment it arrives; and which streets near the way are. */
"use strict";

mainbreak.crew.streets = (() => {
  const { announce, closureSigns, el, glyphs, say } = mainbreak;
  const { day, icons, map, parts, position, reporting, sheets, wire } = mainbreak.crew;
  const reasons = ["flood", "collapse", "traffic", "works", "snow", "other"];

  const name = (one) => one.street || say("closure.unnamed");
  const isComing = (one) => Date.parse(one.since) / 1000 > wire.now();
  const isOver = (one) => one.until !== null && Date.parse(one.until) / 1000 <= wire.now();
  const look = (one) => `${one.factor === 0 ? "is-closed" : "is-slow"} is-${isComing(one) ? "coming" : "now"}`;

  function state(one) {
    if (isComing(one)) return say("closure.from", { time: parts.dated(one.since) });
    return one.factor === 0 ? say("closure.closed") : say("closure.slow", { n: Math.round(one.factor * 100) });
  }

  const until = (one) => (one.until === null ? say("closure.untilLifted") : say("closure.until", { time: parts.dated(one.until) }));

  function row(one) {
    const facts = [say(`closureReason.${one.reason}`), until(one), one.own && say("streets.own")];
    return el("li", { class: "near-closure" }, glyphs.node(closureSigns.sign(look(one))),
      el("div", { class: "step-text" }, el("p", { class: "leg-do" }, `${name(one)} · ${state(one)}`), el("p", { class: "meta" }, facts.filter(Boolean).join(" · ")),
        one.note && el("p", { class: "meta" }, one.note), one.factor === 0 && !one.entry && el("p", { class: "meta" }, say("closure.noEntry"))));
  }

  /** What is closed near a visit, near any visit where none is named; and the way to say that a road is. */
  function list(visit = null) {
    const near = day.closures().filter((one) => !isOver(one) && (!visit || one.own || one.visits.includes(visit.id)));
    return el("section", { class: "near-streets" }, near.length > 0 && el("h2", {}, say("streets.near")),
      near.length > 0 && el("ul", { class: "card" }, near.map(row)),
      parts.button(say("do.road_impassable"), () => ask(visit), { icon: "barrier", key: `${visit ? visit.id : "today"}.road` }));
  }

  /** Here by the phone's own position, or a tap on the map. */
  function ask(visit) {
    const here = position.place();
    if (here.lon === undefined) point(visit);
    else why(visit, here, true);
  }

  function point(visit) {
    const back = window.location.hash;
    map.pick((place) => { window.location.hash = back; why(visit, place, false); });
    window.location.hash = "#map";
    announce(say("streets.tap"));
  }

  function why(visit, place, isHere) {
    const choice = (reason, row) => el("label", { class: "choice" }, el("input", { type: "radio", name: "reason", value: reason, checked: row === 0 }), el("span", {}, say(`closureReason.${reason}`)));
    const words = el("textarea", { rows: 2, maxlength: 400, "aria-label": say("ask.other"), placeholder: say("ask.other") });
    const choices = el("div", { class: "choices is-two", role: "radiogroup", "aria-label": say("do.road_impassable") }, reasons.map(choice));
    const other = isHere && parts.button(say("streets.elsewhere"), () => { sheets.close(); point(visit); });
    const send = parts.button(say("streets.send"), () => {
      const reason = choices.querySelector("input:checked").value;
      sheets.close();
      reporting.road(visit, place, [reason, words.value.trim()].filter(Boolean).join(" "));
    }, { look: "primary" });
    sheets.show(say("do.road_impassable"), el("p", {}, icons(isHere ? "here" : "map"), say(isHere ? "streets.here" : "streets.there")), choices, words, el("p", { class: "meta" }, say("streets.what")), send, other || []);
  }

  /** On the map, as the console draws them. */
  function layers(scale) {
    const { colour, on } = mainbreak.canvas;
    return day.closures().filter((one) => !isOver(one) && !isComing(one)).flatMap((one) => {
      const lines = one.lines.map((line) => line.map(([lon, lat]) => L.latLng(lat, lon)));
      const styles = (one.factor === 0 ? closureSigns.closed : closureSigns.slow)(closureSigns.width(scale), colour);
      return styles.map((style) => L.polyline(lines, on("closure", style)));
    });
  }

  map.over(layers);
  return { ask, list };
})();

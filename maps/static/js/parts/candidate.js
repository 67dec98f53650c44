/* One answer to "where is this?" in words: how it was found and how sure that is, what was read
   otherwise than it was written, what was left out, how its pipe may be wrong. */
"use strict";

mainbreak.candidate = (() => {
  const { el, say } = mainbreak;
  /** A ticket's own fields among what was not used: of no use to who reads words. */
  const fields = new Set(["account", "coordinates", "phone", "address", "text"]);
  const bare = /^-?[\d.*]+\s*,\s*-?[\d.*]+$/; // degrees say nothing to a reader

  /** 180 m, 1.2 km: nobody knows a place that is wide to the metre. */
  const metres = (value) => (value < 1000 ? `${value < 20 ? Math.round(value) : Math.round(value / 10) * 10} m` : `${(value / 1000).toFixed(1)} km`);

  const percent = (one) => `${Math.round(one.confidence * 100)}%`;

  /** The place's name; a spot without one by its degrees. */
  const label = (one) => (one.label && !bare.test(one.label) ? one.label : `${one.lon.toFixed(5)}, ${one.lat.toFixed(5)}`);

  /** The radius in which it may lie, null where it is one spot. */
  const radius = (one) => (one.radius_m >= 20 ? one.radius_m : null);

  function about(one) {
    const wide = radius(one);
    return [say(`found.${one.found_by}`), wide && say("where.radius", { m: metres(wide) })].filter(Boolean).join(" · ");
  }

  /** What is not said of the pipe where a person named it, or where none is near. */
  function pipe(one) {
    if (one.pipe === null) return say("where.noPipe");
    return one.doubt && say(`where.${one.doubt}`, { pipe: one.pipe, m: metres(one.distance_m) });
  }

  /** Short marks: corrections, words left out, a pipe that may be another. */
  function marks(one) {
    const doubt = one.pipe !== undefined && pipe(one), unused = (one.ignored || []).filter((word) => !fields.has(word));
    const found = [...(one.corrections || []).map((text) => el("span", { class: "read" }, text)),
      unused.length > 0 && el("span", { class: "read is-ignored" }, say("where.ignored", { words: unused.join(say("where.and")) })),
      doubt && el("span", { class: "read is-doubt" }, doubt)].filter(Boolean);
    return found.length ? el("span", { class: "reads" }, found) : null;
  }

  /** The body of a row to choose by: name and chance, how it was found, marks. */
  const row = (one) => el("span", { class: "choice-text" },
    el("span", { class: "choice-line" }, el("b", {}, label(one)), el("span", { class: "chance" }, say("where.chance", { n: percent(one) }))),
    el("span", { class: "small" }, about(one)), marks(one));

  /** Why the reader is asked, null where nobody needs to be. */
  const why = (reason) => reason && say(`ask.${reason}`);

  /** A ring of the radius in which a place may lie, drawn beneath its pin. */
  function ring(one, look = {}) {
    const { colour, on } = mainbreak.canvas, wide = radius(one);
    if (!wide) return [];
    const ink = colour("acc");
    return [L.circle([one.lat, one.lon], on("route", { radius: wide, color: ink, weight: 1.5, dashArray: "4 4", fill: true, fillColor: ink, fillOpacity: 0.08, ...look }))];
  }

  return { about, label, marks, metres, percent, pipe, radius, ring, row, why };
})();

/* Criticality: what a burst in a segment and a stuck isolation valve would cost, and which is selected. */
"use strict";

mainbreak.state.critical = "";

mainbreak.critical = (() => {
  const { at, data, has, number, places, say, state } = mainbreak;
  const table = () => (has("criticality") ? data("criticality") : null);
  const kinds = ["segments", "valves"];

  /** 0 to 3, by premises out. */
  const classOf = (out) => table().limits.filter((limit) => out >= limit).length;

  function classWords() {
    const { limits } = table(), n = (value) => number(value);
    return [say("critical.below", { n: n(limits[0]) }), ...[0, 1].map((row) => (limits[row + 1] - limits[row] > 1
      ? say("critical.between", { from: n(limits[row]), to: n(limits[row + 1] - 1) }) : n(limits[row]))), say("critical.from", { n: n(limits[2]) })];
  }

  const key = (kind, rank) => `${kind} ${rank}`;

  /** The kind, rank and row of what is selected, null if nothing is. */
  function selected() {
    const [kind, rank] = state.critical.split(" ");
    return table() && kinds.includes(kind) && table()[kind][rank] ? { kind, rank: Number(rank), one: table()[kind][rank] } : null;
  }

  /** Courses of the pipes of the segment of this rank. */
  function courses(rank) {
    const { line } = data("pipes");
    return table().segment.flatMap((of, row) => (of === rank ? [places(line[row])] : []));
  }

  /** What to look at when this is selected. */
  function bounds({ kind, rank, one }) {
    const found = L.latLngBounds([at(...one.xy)]);
    if (kind === "segments") courses(rank).forEach((course) => found.extend(course));
    if (one.site) found.extend(at(...one.site.xy));
    return found;
  }

  const pipe = (row) => data("pipes").id[row];

  function road(row) {
    const { dn, road: of, roads } = data("pipes");
    return [roads[of[row]], dn[row] ? `DN${dn[row]}` : ""].filter(Boolean).join(" ");
  }

  /** One line that says what it would cost. */
  const sentence = (kind, one) => (kind === "valves"
    ? say("critical.stuck", { n: number(one.more), out: number(one.out) })
    : [say("critical.burst", { n: number(one.out) }), one.critical ? say("critical.grave", { n: number(one.critical) }) : ""].filter(Boolean).join(say("critical.comma")));

  const site = ({ risk, site: best }) => best && say("critical.site", { pipe: pipe(best.pipe), node: best.node, from: number(risk), to: number(best.risk) });

  return { bounds, classOf, classWords, courses, key, kinds, pipe, road, selected, sentence, site, table };
})();

/* What an outage names, as markers: its isolation valves with the numbers of the closing order, its
   critical premises. A number once given stays; a valve that failed keeps it, struck. */
"use strict";

(() => {
  const { data, facts, glyphs } = mainbreak;

  /** How each isolation valve stands: told by the day where it is live, else by the network. */
  function valveState(id) {
    const { valves } = data("day");
    if (valves) return valves[id] || "open";
    const row = valveRow(id);
    return row ? row[5] : "open";
  }

  let rows = null, from = null;
  function valveRow(id) {
    const table = data("isolation_valves");
    if (from !== table) [rows, from] = [new Map(table.map((row) => [row[0], row])), table];
    return rows.get(id);
  }

  /** The closing order of an outage: `{id, number, state, added}` by number; failed ones keep theirs. */
  function turns(outage) {
    const numbers = outage.numbered || outage.close, closed = new Set(outage.closed || []);
    const failed = new Set((outage.failed || []).map((one) => one.id));
    const extra = outage.proposal ? outage.proposal.close.filter((id) => !numbers.includes(id)) : [];
    const wanted = new Set(outage.close), opened = new Set(outage.opened || []);
    const one = (id, row) => ({ id, number: row + 1, state: closed.has(id) ? "closed" : failed.has(id) ? "stuck" : opened.has(id) ? "opened" : wanted.has(id) ? "waiting" : "dropped", added: false });
    const found = numbers.map(one);
    const next = facts.facts().day.live && found.find((turn) => turn.state === "waiting");
    if (next) next.state = "next";
    return [...found, ...extra.map((id, row) => ({ id, number: numbers.length + row + 1, state: "added", added: true }))];
  }

  /** The isolation valves on an outage's edge that no crew need turn, and those that cannot be. */
  function others(outage) {
    const named = new Set(turns(outage).map((turn) => turn.id));
    return { optional: outage.optional.filter((id) => !named.has(id)), stuck: outage.stuck.filter((id) => !named.has(id)) };
  }

  function badgeAt(element, turn, side) {
    const node = element.querySelector(".badge"), rad = (turn * Math.PI) / 180;
    if (!node) return;
    node.style.left = `${18 + side * Math.sin(rad) - 11}px`;
    node.style.top = `${18 - side * Math.cos(rad) - 11}px`;
  }

  function valveMarker(outage, id, sign, look, drawn) {
    const row = valveRow(id);
    if (!row) return null;
    const [, x, y, turn, away] = row, [dx, dy] = mainbreak.besideJunction(away, 12);
    const badge = sign ? `<span class="badge ${sign === "o" ? "is-optional" : ""}">${glyphs.order(sign, look)}</span>` : "";
    return {
      key: `${outage.id} ${id}`, place: mainbreak.at(x, y), className: `isolation ${sign ? "" : "is-stuck"}`, size: [36, 36],
      anchor: [18 - dx, 18 - dy], html: glyphs.bowtie(drawn, turn) + badge, z: 200, dress: (element) => badgeAt(element, turn, 17), title: id,
    };
  }

  function valveMarkers(outage) {
    const { optional, stuck } = others(outage);
    const numbered = turns(outage).filter((turn) => turn.state !== "dropped").map((turn) => {
      const drawn = { closed: "closed", stuck: "inoperable" }[turn.state] || valveState(turn.id);
      return valveMarker(outage, turn.id, String(turn.number), turn.state, drawn);
    });
    return [...numbered, ...optional.map((id) => valveMarker(outage, id, "o", "", valveState(id))),
      ...stuck.map((id) => valveMarker(outage, id, "", "", "inoperable"))].filter(Boolean);
  }

  const critical = (outage, look) => ([x, y], row) => ({
    key: `${outage.id} critical ${look} ${row}`, place: mainbreak.at(x, y), size: [28, 28], html: glyphs.critical(look), z: 400,
  });

  /** The selected incident's isolation valves always, those of others from zoom 16 on. */
  mainbreak.outageSymbols = (outage, zoom) => {
    const added = outage.proposal ? outage.proposal.critical : [];
    const wanted = zoom >= 16 || (outage.incident >= 0 && outage.incident === facts.selected());
    return [...(wanted ? valveMarkers(outage) : []), ...outage.critical.map(critical(outage, facts.isDry(outage) ? "dry out" : "dry")),
      ...added.map(critical(outage, "dry added"))];
  };

  Object.assign(mainbreak, { isolationValves: { others, row: valveRow, state: valveState, turns } });
})();

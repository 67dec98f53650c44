/* The symbols of the design language as SVG text. Colours come from classes and tokens, places from
   attributes: a style attribute would be blocked by the page's policy. */
"use strict";

mainbreak.glyphs = (() => {
  const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  const safe = (text) => String(text).replace(/[&<>"']/g, (sign) => escapes[sign]);

  const svg = (width, height, inner, name = "", box = `0 0 ${width} ${height}`) =>
    `<svg class="g ${name}" width="${width}" height="${height}" viewBox="${box}" aria-hidden="true">${inner}</svg>`;

  /** An element of a glyph's text, for pages built from elements. */
  function node(text) {
    const holder = document.createElement("template");
    holder.innerHTML = text;
    return holder.content.firstElementChild;
  }

  const shapes = {
    1: '<path d="M9 1h10l8 7.5v7L19 23H9l-8-7.5v-7z"/>',
    2: '<path d="M14 1 27 7.5V23H1V7.5z"/>',
    3: '<rect x="1.75" y="1.75" width="24.5" height="20.5" rx="2"/>',
    4: '<rect x="1" y="1" width="26" height="22" rx="11"/>',
  };

  /** P1 octagon, P2 house, P3 square, P4 pill; `scale` 1 is 28x24. */
  function priority(p, scale = 1, text = true) {
    const label = text ? `<text x="14" y="${p === 2 ? 18 : 16.5}">P${p}</text>` : "";
    return svg(28 * scale, 24 * scale, shapes[p] + label, `p p${p}`, "0 0 28 24");
  }

  /** A bow-tie in a 26x16 box, by state, turned by whole degrees. */
  function bowtie(state, turn = 0) {
    const wings = '<path class="wings" d="M4 2.5v11l18-11v11z"/>';
    const extra = {
      closed: '<path class="stem" d="M13 1v14"/>',
      inoperable: '<path class="cross" d="M8.5 1.5l9 13M17.5 1.5l-9 13"/>',
      unknown: "", inaccessible: "", open: "",
    }[state];
    const sign = { unknown: "?", inaccessible: "⊘" }[state];
    const label = sign ? `<text x="31" y="12.5">${sign}</text>` : "";
    const inner = `<g transform="rotate(${turn} 13 8)">${wings}${extra}</g>${label}`;
    return svg(36, 36, inner, `bow ${state}`, "-5 -10 36 36");
  }

  /** A number in the closing order: waiting outlined, next blue, closed ink, added by a proposal dashed. */
  const order = (text, look = "") => svg(22, 22, `<circle cx="11" cy="11" r="9.5"/><text x="11" y="15">${safe(text)}</text>`, `order ${look}`);

  function star(points, outer, inner) {
    let path = "";
    for (let i = 0; i < points * 2; i += 1) {
      const r = i % 2 ? inner : outer, angle = (i * Math.PI) / points - Math.PI / 2;
      path += `${i ? "L" : "M"}${(16 + r * Math.cos(angle)).toFixed(1)} ${(16 + r * Math.sin(angle)).toFixed(1)}`;
    }
    return `${path}z`;
  }

  const burst = (size = 32) => svg(size, size,
    `<path d="${star(8, 15, 9.5)}"/><text x="16" y="21.5">!</text>`, "burst", "0 0 32 32");

  /** A diamond with a plus; `look` is "" with water, "dry" where it will be out, "dry out" where it is. */
  const critical = (look) => svg(28, 28,
    '<path d="M14 1.5 26.5 14 14 26.5 1.5 14z"/><path class="plus" d="M14 10v8M10 14h8"/>', `crit ${look}`);

  /** A rounded square with the crew's short name: a wedge at its heading while it drives, a second ring
      on site, a dashed one while paused, grey and dashed when its sign is old. */
  function crew(short, size = 28, look = "", heading = null) {
    const wedge = look === "en_route" && heading !== null
      ? `<path class="wedge" d="M14 -7.5 19.5 0h-11z" transform="rotate(${heading} 14 14)"/>` : "";
    const ring = ["on_site", "paused"].includes(look) ? '<rect class="round" x="-2" y="-2" width="32" height="32" rx="9"/>' : "";
    const long = short.length > 1;
    const name = `<text x="14" y="${long ? 18 : 19}" class="${long ? "long" : ""}">${safe(short)}</text>`;
    return svg(size, size, `${ring}${wedge}<rect class="body" x="2" y="2" width="24" height="24" rx="6"/>${name}`, `crew ${look}`, "0 0 28 28");
  }

  const hydrant = (out) => svg(14, 14,
    `<circle cx="7" cy="7" r="6"/><text x="7" y="10">H</text>${out ? '<path class="strike" d="M1.5 12.5l11-11"/>' : ""}`,
    out ? "hyd out" : "hyd");

  const line = (inner) => svg(32, 20, inner, "sample");

  /** Line samples for the legend, drawn as the map draws them. */
  const samples = {
    trunk: line('<path class="tr" d="M0 10h32"/>'),
    main: line('<path class="ma" d="M0 10h32"/>'),
    service: line('<path class="di" d="M0 10h32"/>'),
    dry: line('<path class="band" d="M0 10h32"/><path class="core" d="M0 10h32"/><path class="dash" d="M0 10h32"/>'),
    out: line('<path class="band" d="M0 10h32"/><path class="rail" d="M0 10h32"/><path class="hollow" d="M0 10h32"/>'),
    unintended: line('<path class="band" d="M0 10h32"/><path class="hatch" d="M-2 20 8 0M4 20 14 0M10 20 20 0M16 20 26 0M22 20 32 0M28 20 38 0"/><path class="core" d="M0 10h32"/><path class="dash" d="M0 10h32"/>'),
    probable: line('<path class="amber" d="M0 10h32"/><path class="ma" d="M0 10h32"/>'),
    suspect: line('<path class="amber" d="M0 10h14"/><path class="amber is-second" d="M18 10h14"/><path class="ma" d="M0 10h14M18 10h14"/>'),
    route: line('<path class="route" d="M2 10h30"/>'),
  };

  const icon = (inner, size = 16) => svg(size, size, inner, "icon", "0 0 16 16");

  /** What a work order is about, 16 px, drawn with strokes. */
  const kinds = {
    inspect: icon('<circle cx="7" cy="7" r="4"/><path d="m10 10 4 4"/>'),
    isolate: icon('<path d="M2 4v8l12-8v8z"/>'),
    repair: icon('<path d="M13 3.2a3.6 3.6 0 0 0-4.7 4.6L3 13l1.4 1.4 5.2-5.3A3.6 3.6 0 0 0 14 4.6l-2 2-1.8-1.8z"/>'),
    restore: icon('<path d="M3 8a5 5 0 1 0 1.6-3.7M3 2v3h3"/>'),
    flush: icon('<path d="M8 2c2.5 3.2 4 5.2 4 7.5a4 4 0 0 1-8 0C4 7.2 5.5 5.2 8 2z"/>'),
    tanker: icon('<path d="M1.5 5h8v6h-8zM9.5 7h3l2 2v2h-5M4 13h.01M12 13h.01"/>'),
    meter: icon('<circle cx="8" cy="8" r="5.5"/><path d="m8 8 2.5-2.5"/>'),
    install: icon('<path d="M8 3v10M3 8h10"/>'),
    defect: icon('<path d="M8 2.5 14 13H2zM8 6.5v3M8 11.3v.01"/>'),
    reinstate: icon('<path d="M2 12h12M4 9h8M6 6h4"/>'),
  };

  const tools = {
    in: icon('<path d="M8 3v10M3 8h10"/>', 18), out: icon('<path d="M3 8h10"/>', 18),
    fit: icon('<path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10"/>', 18),
    layers: icon('<path d="m8 2 6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3"/>', 18),
    legend: icon('<path d="M6 4h8M6 8h8M6 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01"/>', 18),
    sun: icon('<circle cx="8" cy="8" r="3"/><path d="M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.4 1.4M11.6 11.6 13 13M13 3l-1.4 1.4M4.4 11.6 3 13"/>', 20),
    moon: icon('<path d="M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z"/>', 20),
    met: icon('<circle cx="8" cy="8" r="6"/><path d="m5.2 8.2 2 2 3.6-4"/>', 14),
    late: icon('<circle class="fill" cx="8" cy="8" r="7"/><path class="ink" d="M8 4v5M8 11.6v.01"/>', 14),
    open: icon('<circle cx="8" cy="8" r="6"/><path d="M6 6a2 2 0 1 1 2.5 2c-.5.2-.5.5-.5 1M8 11.3v.01"/>', 14),
    warning: icon('<path d="M8 2 14.5 13.5h-13zM8 6.5v3.5M8 11.8v.01"/>', 16),
    close: icon('<path d="m4 4 8 8M12 4l-8 8"/>', 16),
    live: icon('<path d="M2.5 9.5a7 7 0 0 1 11 0M5 11.5a4 4 0 0 1 6 0M8 13.2v.01"/>', 16),
    offline: icon('<path d="M2.5 9.5a7 7 0 0 1 6-3M11 7.5a7 7 0 0 1 2.5 2M5 11.5a4 4 0 0 1 3-1.4M8 13.2v.01M2 2l12 12"/>', 16),
    undo: icon('<path d="M6 3 2.5 6.5 6 10M2.5 6.5h7a4 4 0 0 1 0 8H6"/>', 16),
    search: icon('<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>', 16),
    pause: icon('<path d="M5.5 4v8M10.5 4v8"/>', 14),
    more: icon('<path d="M3 8h.01M8 8h.01M13 8h.01"/>', 16),
    people: icon('<circle cx="5.5" cy="5.5" r="2"/><circle cx="10.8" cy="5.8" r="1.7"/><path d="M2 13c.2-2.6 1.6-4 3.5-4S8.8 10.4 9 13M10.5 9.3c1.9 0 3.1 1.3 3.3 3.2"/>', 14),
    fixed: icon('<path d="M5.5 2h5M6.5 2v4L4 9h8L9.5 6V2M8 9v5"/>', 14),
    lock: icon('<rect x="3.5" y="7" width="9" height="6.5" rx="1.2"/><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>', 14),
    away: icon('<circle cx="8" cy="5" r="2.5"/><path d="M3 14c.3-3 2.2-4.5 5-4.5s4.7 1.5 5 4.5M2 2l12 12"/>', 14),
    reserve: icon('<path d="M8 1.8 13 4v4c0 3-2 5-5 6.2C5 13 3 11 3 8V4z"/>', 14),
    divert: icon('<path d="M3 14V9.5A3.5 3.5 0 0 1 6.5 6H13M10 3l3 3-3 3"/>', 14),
    rest: icon('<path d="M3 5h8v4.5A3 3 0 0 1 8 12.5H6a3 3 0 0 1-3-3zM11 6h1.5a1.5 1.5 0 0 1 0 3.5H11"/>', 14),
    crate: icon('<path d="M2.5 5 8 2.5 13.5 5v6L8 13.5 2.5 11zM2.5 5 8 7.5 13.5 5M8 7.5v6"/>', 14),
    home: icon('<path d="M2.5 8 8 3l5.5 5M4 7v6.5h8V7"/>', 14),
    barred: icon('<circle cx="8" cy="8" r="6"/><path d="m4 4 8 8"/>', 14),
    tall: icon('<path d="m4 6 4-4 4 4M4 10l4 4 4-4"/>', 16),
    supposed: icon('<path d="M3 8h3l3-4h4M9 12h4M6 8l3 4M11.5 2.5 13 4l-1.5 1.5M11.5 10.5 13 12l-1.5 1.5"/>', 16),
    pin: icon('<path d="M8 14.5c3-3.6 4.5-5.6 4.5-8a4.5 4.5 0 0 0-9 0c0 2.4 1.5 4.4 4.5 8z"/><circle cx="8" cy="6.5" r="1.4"/>', 16),
  };

  const pin = svg(32, 32, '<path d="M16 30c6-7.2 9-11.6 9-16.4a9 9 0 0 0-18 0c0 4.8 3 9.2 9 16.4z"/><circle cx="16" cy="13.5" r="3"/>', "pin-sign");

  /** A pin with a number: a place to choose. */
  const pick = (text, look = "") => svg(28, 36, `<path d="M14 34.5c7-8.4 12-13.4 12-20.5a12 12 0 0 0-24 0c0 7.1 5 12.1 12 20.5z"/><text x="14" y="18.5">${safe(text)}</text>`, `pick-sign ${look}`);

  /** A ticket that does not fit: a question in a dashed ring. */
  const unsure = svg(24, 24, '<circle cx="12" cy="12" r="10"/><text x="12" y="16.5">?</text>', "unsure");

  /** A pie in a circle: the share of a service clock that is used up. */
  const ring = (slice) => svg(14, 14, `<circle cx="8" cy="8" r="6.4"/><path d="${slice}"/>`, "ring", "0 0 16 16");

  return { bowtie, burst, crew, critical, hydrant, kinds, node, order, pick, pin, priority, ring, safe, samples, tools, unsure };
})();

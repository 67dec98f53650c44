/* The phone's own pictures, 24 px, drawn with strokes; symbols of the map are maps/static/js/glyphs.js. */
"use strict";

mainbreak.crew = {};

mainbreak.crew.icons = (() => {
  const icon = (inner, size = 24) =>
    `<svg class="icon" width="${size}" height="${size}" viewBox="0 0 24 24" aria-hidden="true">${inner}</svg>`;
  const texts = {
    back: icon('<path d="m14.5 6-6 6 6 6"/>'),
    on: icon('<path d="m9.5 6 6 6-6 6"/>', 20),
    today: icon('<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01"/>'),
    map: icon('<path d="m3.5 6.5 5.5-2 6 2 5.5-2v13l-5.5 2-6-2-5.5 2zM9 4.5v13M15 6.5v13"/>'),
    outbox: icon('<path d="M12 15V4M7.5 8.5 12 4l4.5 4.5M4 15v5h16v-5"/>'),
    help: icon('<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5v5.5M12 16.3v.01"/>'),
    check: icon('<path d="m5 12.5 4.5 4.5L19 7.5"/>'),
    offline: icon('<path d="M9.5 6.3A6 6 0 0 1 18 10.6 4 4 0 0 1 19.8 17M16 18.5H7a4.5 4.5 0 0 1-1-8.9M3.5 3.5l17 17"/>'),
    warning: icon('<path d="M12 4 21 19.5H3zM12 10v4.5M12 17v.01"/>'),
    navigate: icon('<path d="M12 3.5 19 20l-7-3.5L5 20z"/>'),
    phone: icon('<path d="M6.5 4H10l1.5 4-2 1.5a10 10 0 0 0 5 5l1.5-2 4 1.5v3.5A2.5 2.5 0 0 1 17.5 20C10.6 20 4 13.4 4 6.5A2.5 2.5 0 0 1 6.5 4z"/>'),
    route: icon('<circle cx="6" cy="18.5" r="2.5"/><circle cx="18" cy="5.5" r="2.5"/><path d="M8.5 18.5H15a3.2 3.2 0 0 0 0-6.5H9a3.2 3.2 0 0 1 0-6.5h6.5"/>'),
    barrier: icon('<circle cx="12" cy="12" r="8.5"/><path d="M7.5 12h9"/>'),
    pause: icon('<path d="M8.5 6v12M15.5 6v12"/>'),
    clock: icon('<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3 2"/>'),
    here: icon('<circle cx="12" cy="12" r="4"/><path d="M12 2.5V6M12 18v3.5M2.5 12H6M18 12h3.5"/>'),
    all: icon('<path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"/>'),
    in: icon('<path d="M12 5v14M5 12h14"/>'),
    out: icon('<path d="M5 12h14"/>'),
    sun: icon('<circle cx="12" cy="12" r="4"/><path d="M12 2.5V5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3 7 7M17 17l1.7 1.7M18.7 5.3 17 7M7 17l-1.7 1.7"/>'),
  };
  return (name) => mainbreak.glyphs.node(texts[name]);
})();

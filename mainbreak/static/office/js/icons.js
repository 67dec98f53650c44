/* Icons of what is known about a caller's water: each kind its own shape, drawn with strokes. */
"use strict";

mainbreak.icons = (() => {
  const draw = (inner, size, box = 24) =>
    `<svg class="g icon" width="${size}" height="${size}" viewBox="0 0 ${box} ${box}" aria-hidden="true">${inner}</svg>`;

  const drop = '<path d="M12 4.5c3 3.6 4.8 6.2 4.8 8.8a4.8 4.8 0 0 1-9.6 0c0-2.6 1.8-5.2 4.8-8.8z"/>';
  const shapes = {
    no_water: `<circle cx="12" cy="12" r="10.6"/>${drop}<path d="M4.6 4.6l14.8 14.8"/>`,
    will_be_off: '<rect x="4" y="5.5" width="16" height="15" rx="2"/><path d="M4 10.5h16M8.5 3v5M15.5 3v5"/>',
    planned: '<rect x="4" y="5.5" width="16" height="15" rx="2"/><path d="M4 10.5h16M8.5 3v5M15.5 3v5M9 15.5l2.2 2.2 4-4"/>',
    suspected: '<circle cx="12" cy="12" r="9"/><path d="M9.2 9.4a2.9 2.9 0 1 1 3.9 3c-.8.3-1.1.8-1.1 1.7M12 17.2v.01"/>',
    restored: '<path d="m4.5 12.8 5 5L19.5 6.8"/>',
    nothing_known: '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.4 15.4 5.1 5.1"/>',
    place_unknown: '<path d="M12 21.5c4.4-5.2 6.6-8.2 6.6-11.6a6.6 6.6 0 0 0-13.2 0c0 3.4 2.2 6.4 6.6 11.6z"/><path d="M10.2 8.2a1.9 1.9 0 1 1 2.5 2c-.5.2-.7.5-.7 1.1M12 13.9v.01"/>',
    partly_restored: `${drop}<path d="M7.5 14h9"/>`,
    drop: '<path d="M12 2.8c4 4.7 6.4 8 6.4 11.3a6.4 6.4 0 0 1-12.8 0c0-3.3 2.4-6.6 6.4-11.3z"/>',
    cross: '<path d="m6 6 12 12M18 6 6 18"/>',
    lock: '<rect x="5.5" y="10.5" width="13" height="9.5" rx="1.5"/><path d="M8.5 10.5V7.8a3.5 3.5 0 0 1 7 0v2.7"/>',
    clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.2V12l3.2 2"/>',
    phone: '<path d="M7.2 4 4.6 5.2c-.4 7.6 6.6 14.6 14.2 14.2L20 16.8l-4.4-2.6-2 1.7c-2.2-1-4.5-3.3-5.5-5.5l1.7-2z"/>',
    people: '<circle cx="9" cy="8.5" r="3.2"/><path d="M3.5 19.5c.4-3.4 2.6-5.4 5.5-5.4s5.1 2 5.5 5.4M15.5 5.7a3.2 3.2 0 0 1 0 5.6M17 14.4c2 .6 3.2 2.4 3.5 5.1"/>',
    pen: '<path d="m5 19 1-4L16.5 4.5l3 3L9 18z"/>',
  };

  /** `name` at `size` px; a kind of answer or a thing to do. */
  const icon = (name, size = 20) => mainbreak.glyphs.node(draw(shapes[name], size));

  /** The map's pin: filled, with a ring of the ground's colour. */
  const pin = '<svg class="g pin" width="28" height="38" viewBox="0 0 28 38" aria-hidden="true"><path d="M14 36.5C22.5 26 26.5 20 26.5 14a12.5 12.5 0 0 0-25 0c0 6 4 12 12.5 22.5z"/><circle cx="14" cy="14" r="4.6"/></svg>';

  /** A pin as a marker on a pane. */
  const pinAt = (place) => L.marker(place, {
    icon: L.divIcon({ className: "symbol", html: pin, iconSize: [28, 38], iconAnchor: [14, 37] }),
    interactive: false, keyboard: false, pane: "tag", zIndexOffset: 900,
  });

  return { icon, pinAt };
})();

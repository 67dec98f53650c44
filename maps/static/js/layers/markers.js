/* Markers kept by key: only those that came, went, moved or look different are touched. */
"use strict";

/** `sync(wanted)` with `{key, place, look, html, size, anchor, className, z, title, dress, onclick}`. */
mainbreak.markers = (group) => {
  const held = new Map();

  const icon = (one) => L.divIcon({
    className: `symbol ${one.className || ""}`, html: one.html, iconSize: one.size, ...(one.anchor && { iconAnchor: one.anchor }),
  });

  function dress(one, marker) {
    const element = marker.getElement();
    if (!element) return;
    if (one.title) element.title = one.title;
    if (one.dress) one.dress(element);
  }

  function add(one) {
    const marker = L.marker(one.place, {
      icon: icon(one), interactive: Boolean(one.onclick), keyboard: false, pane: "symbol", zIndexOffset: one.z || 0,
    });
    const entry = { one, marker };
    if (one.onclick) marker.on("click", (event) => entry.one.onclick(event));
    marker.on("add", () => dress(entry.one, marker));
    held.set(one.key, entry);
    group.addLayer(marker);
  }

  function change(entry, one) {
    const before = entry.one;
    entry.one = one;
    if (before.html !== one.html || before.className !== one.className) entry.marker.setIcon(icon(one));
    if (!entry.marker.getLatLng().equals(one.place, 0)) {
      if (one.glide) one.glide(entry.marker.getElement());
      entry.marker.setLatLng(one.place);
    }
    dress(one, entry.marker);
  }

  function sync(wanted) {
    const keys = new Set(wanted.map((one) => one.key));
    for (const [key, { marker }] of held) {
      if (keys.has(key)) continue;
      group.removeLayer(marker);
      held.delete(key);
    }
    for (const one of wanted) {
      const entry = held.get(one.key);
      if (entry) change(entry, one);
      else add(one);
    }
  }

  return { sync };
};

/* The map, its panes from the ground up, and what Leaflet's canvas cannot draw by itself. */
"use strict";

(() => {
  /** Bottom up; each has its own canvas, so that a layer switched off and on keeps its height. */
  const panes = [
    "ground", "street-casing", "street", "outage-band", "closure", "pipe", "critical", "outage-core", "premises", "label",
    "route", "idle", "symbol", "tag",
  ];
  const canvases = {};

  mainbreak.map = (id) => {
    const map = L.map(id, {
      attributionControl: false, fadeAnimation: false, keyboardPanDelta: 120, maxZoom: 20, minZoom: 10,
      preferCanvas: true, wheelPxPerZoomLevel: 90, zoomAnimation: !mainbreak.quiet.matches,
      zoomControl: false, zoomDelta: 0.5, zoomSnap: 0.25,
    });
    for (const name of panes) {
      map.createPane(name);
      canvases[name] = L.canvas({ pane: name, padding: 0.15 });
    }
    mainbreak.theMap = map;
    return map;
  };

  /** Options of a line on a pane's canvas; nothing on a canvas answers the pointer. */
  const on = (pane, options = {}) =>
    ({ pane, renderer: canvases[pane], interactive: false, smoothFactor: 0.7, ...options });

  const colour = (token) => getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();

  /** How large symbols are at a zoom: full size from 16.5 on, a third far out. */
  const scale = (zoom) => Math.min(1, Math.max(0.3, 2 ** ((zoom - 16.5) / 2)));

  /** Many equal marks drawn in one go; `mark(context, x, y, options)` adds one to the path. */
  const Marks = L.Polyline.extend({
    _update() { if (this._map) this._updatePath(); },
    _updatePath() {
      const context = this._renderer._ctx, { mark } = this.options;
      const seen = this._renderer._bounds.pad(0.02);
      if (!this._renderer._drawing) return;
      context.beginPath();
      for (const ring of this._rings) {
        for (const spot of ring) if (seen.contains(spot)) mark(context, spot.x, spot.y, this.options);
      }
      this._renderer._fillStroke(context, this);
    },
  });

  const ring = (context, x, y, { size }) => {
    context.moveTo(x + size / 2, y);
    context.arc(x, y, size / 2, 0, 2 * Math.PI);
  };
  const square = (context, x, y, { size }) => context.rect(x - size / 2, y - size / 2, size, size);

  /** A canvas over the visible map, redrawn after each move by `draw(context, map)`. */
  const Sheet = L.Layer.extend({
    initialize(pane, draw) {
      Object.assign(this, { _pane: pane, _draw: draw });
      mainbreak.on("theme", () => this.redraw());
    },
    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide", map.getPane(this._pane));
      this.redraw();
    },
    onRemove() { this._canvas.remove(); this._canvas = null; },
    getEvents() { return { moveend: this.redraw, resize: this.redraw }; },
    redraw() {
      if (!this._canvas) return;
      const map = this._map, size = map.getSize(), ratio = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(this._canvas, map.containerPointToLayerPoint([0, 0]));
      Object.assign(this._canvas, { width: size.x * ratio, height: size.y * ratio });
      Object.assign(this._canvas.style, { width: `${size.x}px`, height: `${size.y}px` });
      const context = this._canvas.getContext("2d");
      context.scale(ratio, ratio);
      this._draw(context, map);
    },
  });

  /** Diagonal hatching as a stroke, for the unintended part. */
  function hatch(token) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const context = tile.getContext("2d");
    context.strokeStyle = colour(token);
    context.lineWidth = 1.5;
    for (const shift of [-8, 0, 8]) {
      context.moveTo(shift, 8);
      context.lineTo(shift + 8, 0);
    }
    context.stroke();
    return context.createPattern(tile, "repeat");
  }

  /** A layer group that is styled again whenever the theme or the zoom changes. */
  function styled(group, restyle) {
    const again = () => group._map && restyle(group._map.getZoom());
    group.on("add", () => { again(); group._map.on("zoomend", again); });
    group.on("remove", () => mainbreak.theMap.off("zoomend", again));
    mainbreak.on("theme", again);
    return group;
  }

  mainbreak.canvas = {
    Sheet, colour, hatch, on, ring, scale, square, styled,
    marks: (spots, options) => new Marks(spots, options),
  };
})();

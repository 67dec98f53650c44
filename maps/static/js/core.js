/* The page's tables, its one selection, and small helpers. Everything hangs on `mainbreak`. */
"use strict";

const mainbreak = (() => {
  const tables = new Map();
  const listeners = new Map();
  const state = { incident: -1, language: "en", theme: "light", filter: 0 };

  /** The table of a JSON block, read once. */
  function data(key) {
    if (!tables.has(key)) {
      tables.set(key, JSON.parse(document.getElementById(`data-${key}`).textContent));
    }
    return tables.get(key);
  }

  function on(name, listener) {
    listeners.set(name, [...(listeners.get(name) || []), listener]);
  }

  function emit(name, value) {
    (listeners.get(name) || []).forEach((listener) => listener(value));
  }

  /** Change part of the state and tell who listens to that part. */
  function set(name, value) {
    if (state[name] === value) return;
    state[name] = value;
    emit(name, value);
  }

  /** Storage may be forbidden for a page on disk; then nothing is remembered. */
  function remembered(name) {
    try { return window.localStorage.getItem(`mainbreak.${name}`); } catch { return null; }
  }

  function remember(name, value) {
    try { window.localStorage.setItem(`mainbreak.${name}`, value); } catch { /* not remembered */ }
  }

  /** An element; `options` are attributes, `on...` listeners; text children are never markup. */
  function el(tag, options = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(options)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child != null && child !== false));
    return element;
  }

  const at = (x, y) => L.latLng(y / 1e6, x / 1e6);

  /** Undo maps/encode.py: deltas of a millionth of a degree to places. */
  function places(deltas) {
    const found = [];
    let x = 0, y = 0;
    for (let i = 0; i < deltas.length; i += 2) {
      x += deltas[i];
      y += deltas[i + 1];
      found.push(at(x, y));
    }
    return found;
  }

  const two = (number) => String(number).padStart(2, "0");

  /** 08:24, or 08:24⁺¹ on the day after the plan's day. */
  function clock(seconds) {
    const day = Math.floor(seconds / 86400), left = seconds - day * 86400;
    const sign = day === 0 ? "" : day === 1 ? "⁺¹" : day === -1 ? "⁻¹" : day > 0 ? `+${day}` : `${day}`;
    return `${two(Math.floor(left / 3600))}:${two(Math.floor((left % 3600) / 60))}${sign}`;
  }

  /** 31:05 as minutes and seconds below an hour, 2:05 h as 2 h 05 from there on. */
  function span(seconds) {
    const whole = Math.abs(Math.round(seconds));
    if (whole < 3600) return `${Math.floor(whole / 60)}:${two(whole % 60)}`;
    return `${Math.floor(whole / 3600)}h${two(Math.floor((whole % 3600) / 60))}`;
  }

  function number(value) {
    return value.toLocaleString(state.language);
  }

  function announce(text) {
    document.getElementById("said").textContent = text;
  }

  const layers = {};
  const layer = (key) => layers[key](data);
  const quiet = window.matchMedia("(prefers-reduced-motion: reduce)");

  return {
    announce, at, clock, data, el, emit, layer, layers, number, on, places, quiet, remember,
    remembered, set, span, state,
  };
})();

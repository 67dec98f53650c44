/* The page's tables, its one selection, and small helpers. Everything hangs on `mainbreak`.
   `live` is there on served pages only. */
"use strict";

const mainbreak = (() => {
  const tables = new Map();
  const listeners = new Map();
  const state = { incident: "", language: "en", theme: "light", filter: 0, editor: "", ticket: "", planned: "", suspect: "", closure: "", card: "" };

  /** A table: what was put, else the page's JSON block, read once. */
  function data(key) {
    if (!tables.has(key)) {
      tables.set(key, JSON.parse(document.getElementById(`data-${key}`).textContent));
    }
    return tables.get(key);
  }

  const has = (key) => tables.has(key) || document.getElementById(`data-${key}`) !== null;

  /** Give or replace tables by key; who draws from them hears once which parts `changed`. */
  function put(given, changed = new Set(Object.keys(given))) {
    for (const [key, table] of Object.entries(given)) tables.set(key, table);
    emit("tables", changed);
  }

  /** Call `redraw` when one of these parts of the tables changes. */
  const onParts = (names, redraw) => on("tables", (changed) => names.some((name) => changed.has(name)) && redraw());

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

  /** 31:05 as minutes and seconds below an hour, hours and minutes from there on, whole hours from ten on. */
  function span(seconds) {
    const whole = Math.abs(Math.round(seconds)), hours = Math.floor(whole / 3600);
    if (!hours) return `${Math.floor(whole / 60)}:${two(whole % 60)}`;
    const words = hours < 10 ? "hours.some" : "hours.many";
    return mainbreak.say(words, { h: hours, m: two(Math.floor((whole % 3600) / 60)) });
  }

  function number(value) {
    return value.toLocaleString(state.language);
  }

  /** The first few ids, and a sign that there are more. */
  const some = (ids) => ids.slice(0, 6).join(", ") + (ids.length > 6 ? " …" : "");

  function announce(text) {
    document.getElementById("said").textContent = text;
  }

  /** What an outage's state means for the water: off now, or over. */
  const supply = {
    isDry: (outage) => ["in_effect", "partly_restored"].includes(outage.state),
    isGone: (outage) => ["restored", "cancelled"].includes(outage.state),
    /** An isolation valve failed, and nobody has decided yet what to do instead. */
    isBlocked: ({ close, failed = [], proposal, state: now }) => !["restored", "cancelled"].includes(now) && failed.length > 0
      && Boolean(proposal || close.includes(failed.at(-1).id)),
  };

  const layers = {};
  const quiet = window.matchMedia("(prefers-reduced-motion: reduce)");

  return {
    announce, at, clock, data, el, emit, has, layers, number, on, onParts, places, put, quiet, remember,
    remembered, set, some, span, state, supply,
  };
})();

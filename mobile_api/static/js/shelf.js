/* Where reports lie until they are sent: one entry a report in the phone's own storage, so that two
   open pages never write over each other, and a closed page loses nothing. */
"use strict";

mainbreak.crew.shelf = (crew) => {
  const prefix = `mainbreak.outbox.${crew}.`;
  /** What the storage would not take lives as long as the page, and the crew is told. */
  const loose = new Map();
  let kept = true;

  function keys() {
    const found = [];
    try {
      for (let row = 0; row < localStorage.length; row += 1) found.push(localStorage.key(row));
    } catch { kept = false; }
    return [...found.filter((key) => key.startsWith(prefix)), ...loose.keys()].sort();
  }

  function read(key) {
    if (loose.has(key)) return loose.get(key);
    try { return { ...JSON.parse(localStorage.getItem(key)), key }; } catch { return null; }
  }

  function write(key, item) {
    try {
      localStorage.setItem(key, JSON.stringify(item));
      loose.delete(key);
    } catch {
      kept = false;
      loose.set(key, { ...item, key });
    }
  }

  /** Every report, first made first. */
  const all = () => keys().map(read).filter((item) => item && item.id);

  /** Keep a new report behind all others. */
  function put(item) {
    const last = keys().at(-1), number = last ? Number(last.slice(prefix.length).split(".")[0]) + 1 : 1;
    const key = `${prefix}${String(number).padStart(8, "0")}.${item.id}`;
    write(key, item);
    return key;
  }

  function change(key, part) {
    const item = read(key);
    if (item) write(key, { ...item, ...part });
  }

  function drop(key) {
    loose.delete(key);
    try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
  }

  return { all, change, drop, put, get kept() { return kept; } };
};

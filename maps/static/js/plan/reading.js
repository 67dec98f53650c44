/* What the server tells of the plan beside the day's tables, read when a card asks for it. */
"use strict";

mainbreak.reading = (() => {
  const { cardParts, live } = mainbreak;
  const most = 40;
  const known = new Map();

  async function ask(path, kept) {
    kept.asking = true;
    try {
      Object.assign(kept, { value: await live.api("GET", path), fault: "" });
    } catch (error) {
      kept.fault = live.explain(error);
    }
    kept.asking = false;
    cardParts.redraw();
  }

  /** `{value, fault}` of a path: null and "" until it has come. Read again when `mark` is another one; what
      was known stands meanwhile. */
  return (path, mark) => {
    const kept = known.get(path) || { value: null, fault: "", mark: undefined, asking: false };
    if (!known.has(path) && known.size >= most) known.delete(known.keys().next().value);
    known.set(path, kept);
    if (kept.mark !== mark && !kept.asking) {
      kept.mark = mark;
      ask(path, kept);
    }
    return kept;
  };
})();

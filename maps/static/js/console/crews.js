/* Crews as the pages name and place them: short names, who stands beside whom, whose sign is old. */
"use strict";

mainbreak.crews = (() => {
  const { facts, say } = mainbreak;
  const old = 600, ageing = 120; // s; see the design language's crew symbol

  /** 12 for 十二: from ten on, digits are shorter and 十 is not taken for a plus. */
  function chineseNumber(text) {
    const digit = "一二三四五六七八九", [tens, ones] = text.split("十");
    return (tens ? digit.indexOf(tens) + 1 : 1) * 10 + (ones ? digit.indexOf(ones) + 1 : 0);
  }

  function shortName(name) {
    const plain = name.replace(/[班组队]+$/, ""), number = plain.match(/\d+$/), tens = plain.match(/[一二三四五六七八九]?十[一二三四五六七八九]?$/);
    if (number) return number[0].slice(-2);
    if (tens) return String(chineseNumber(tens[0]));
    return /[\u4e00-\u9fff]$/.test(plain) ? plain.slice(-1) : plain.slice(0, 2);
  }

  /** One or two characters for each crew: 五 for 五班, 12 for Crew 12; the row where that is shared. */
  function shortNames() {
    const { day } = facts.facts();
    const short = day.crews.map(({ name }) => shortName(name));
    const shared = (name) => short.filter((other) => other === name).length > 1;
    return short.map((name, row) => (shared(name) ? String(row + 1) : name));
  }

  /** Where crews share a depot they stand side by side: pixels off the place, four a row. */
  function shift(row) {
    const { crews } = facts.facts().day, near = (a, b) => Math.abs(a[0] - b[0]) < 300 && Math.abs(a[1] - b[1]) < 300;
    const before = crews.slice(0, row).filter((crew) => near(crew.xy, crews[row].xy)).length;
    return [(before % 4) * 25, Math.floor(before / 4) * 25];
  }

  const onShift = (crew) => crew.shift[0] <= facts.now() && facts.now() < crew.shift[1];

  /** How old the last fix is; null where there is none. */
  const age = (crew) => (crew.fix ? Math.max(0, facts.now() - crew.fix.at) : null);
  const isStale = (crew) => Boolean(crew.fix) && onShift(crew) && age(crew) > old;

  /** A dispatcher says that it is not there now. */
  const isAway = (crew) => (crew.holds || []).some((one) => one.kind === "away" && one.since <= facts.now());

  /** How the symbol looks: en_route, on_site, paused, free, stale, away or off shift. */
  function look(crew) {
    if (!facts.facts().day.live) return "";
    if (isAway(crew) && ["free", "accepted"].includes(crew.state)) return "off";
    if (isStale(crew)) return "stale";
    if (crew.state === "accepted") return "free";
    if (crew.state !== "free") return crew.state;
    return onShift(crew) ? "free" : "off";
  }

  /** What it does, in a word. */
  function word(crew) {
    const seen = look(crew);
    if (seen === "off" && isAway(crew)) return say("hold.away");
    if (seen === "stale") return say("crew.stale");
    if (["free", "off"].includes(seen)) return say(`crew.${seen}`);
    return say(`visitState.${seen}`);
  }

  return { age, ageing, isAway, isStale, look, onShift, shift, shortName, shortNames, word };
})();

/* The hours of the timeline: what lies on it and where. */
"use strict";

mainbreak.hours = (() => {
  const { facts } = mainbreak;
  const hour = 115, ahead = 7 * 3600, behind = 2 * 3600; // px; s
  const looks = { field_complete: "done", on_site: "going", paused: "going", en_route: "accepted", accepted: "accepted", assigned: "assigned" };
  const bounds = { from: 0, to: 0 };

  const drawn = () => facts.facts().day.visits.filter((visit) => !visit.state || looks[visit.state]);

  /** Whole hours: on a planned day all shifts and visits, on a live page what is near. */
  function span() {
    const { day } = facts.facts(), now = facts.now();
    const times = [now, ...day.crews.flatMap((crew) => [...crew.shift, crew.back ?? now]), ...drawn().flatMap((visit) => [visit.depart, visit.end])];
    const near = day.live ? times.filter((time) => Math.abs(time - now) < 14 * 3600) : times;
    const all = day.live ? [...near, now - behind, now + ahead] : near;
    bounds.from = Math.floor((Math.min(...all) - 1200) / 3600) * 3600;
    bounds.to = Math.ceil((Math.max(...all) + 600) / 3600) * 3600;
  }

  const px = (seconds) => ((seconds - bounds.from) / 3600) * hour;

  function place(element, start, end) {
    element.style.left = `${px(start)}px`;
    if (end !== undefined) element.style.width = `${Math.max(3, px(end) - px(start))}px`;
    return element;
  }

  return { bounds, drawn, looks, place, px, span };
})();

/* The left column: reports without a place, calls to make after a restoration, today's calls; outages now. */
"use strict";

mainbreak.startLists = () => {
  const { call, el, icons, live, number, office, on, say, sentence } = mainbreak;
  const get = (id) => document.getElementById(id);
  const names = ["unplaced", "callbacks", "recent"];
  const kept = { unplaced: "tabs.unplaced", callbacks: "tabs.callbacks", recent: "tabs.recent" };
  const supply = {
    announced: ["is-soon", "outageNow.announced"], predicted: ["is-soon", "outageNow.predicted"],
    in_effect: ["is-dry", "outageNow.in_effect"], partly_restored: ["is-dry", "outageNow.partly_restored"],
  };
  const state = { tab: "", tickets: new Map(), incidents: new Map(), outages: [], most: 60 };
  const page = 500, pages = 6;

  /** Every item of a list that comes in pages, up to a bound that no shift reaches. */
  async function all(path) {
    const items = [];
    let after = "";
    for (let turn = 0; turn < pages; turn += 1) {
      const found = await live.api("GET", `${path}${path.includes("?") ? "&" : "?"}limit=${page}${after}`);
      items.push(...found.items);
      if (!found.next) break;
      after = `&after=${encodeURIComponent(found.next)}`;
    }
    return items;
  }

  async function reload() {
    try {
      const [open, latest, incidents, outages] = await Promise.all([all("/api/tickets?state=active"),
        live.api("GET", `/api/tickets?state=all&limit=${page}`), all("/api/incidents?state=active"), live.api("GET", "/api/public/outages")]);
      state.tickets = new Map([...open, ...latest.items].map((one) => [one.id, one]));
      state.incidents = new Map(incidents.map((one) => [one.id, one]));
      state.outages = outages.items;
      draw();
      mainbreak.emit("tickets", state);
    } catch (error) {
      if (!(error instanceof live.Refused)) throw error;
    }
  }

  const newest = (a, b) => Date.parse(b.received_at) - Date.parse(a.received_at);
  const isOpen = (one) => one.state === "open" || one.state === "reopened";
  const restored = (one) => state.incidents.get(one.incident)?.state === "resolved";

  function members() {
    const tickets = [...state.tickets.values()].sort(newest);
    return {
      unplaced: tickets.filter((one) => !one.place && isOpen(one)),
      callbacks: tickets.filter((one) => isOpen(one) && restored(one)).sort((a, b) => String(a.priority).localeCompare(String(b.priority)) || newest(b, a)),
      recent: tickets.filter((one) => office.isToday(one.received_at)),
    };
  }

  function row(one, tab) {
    const title = one.address || one.place?.label || (one.text && say("ticket.quote", { text: one.text })) || one.id;
    const about = [office.clock(one.received_at), one.symptom && say(`symptom.${one.symptom}`), tab === "recent" ? one.incident : one.phone || say(`channel.${one.channel}`)].filter(Boolean).join(" · ");
    const icon = { unplaced: "place_unknown", callbacks: "phone" }[tab] || (one.place ? "pen" : "place_unknown");
    const end = tab === "unplaced" ? el("span", { class: "row-end is-old" }, office.ago(one.received_at)) : el("span", { class: "row-end" }, one.id);
    return el("li", {}, el("button", { type: "button", class: "row", "data-ticket": one.id, "aria-current": call.now.ticket?.id === one.id && "true", onclick: () => call.open(one.id) },
      icons.icon(icon, 18), el("span", { class: "row-main" }, el("span", { class: "row-line" }, el("b", {}, title), end),
        el("span", { class: "row-about" }, about))));
  }

  /** Call-backs stand under the incident whose supply is back. */
  function grouped(list) {
    const groups = new Map();
    for (const one of list) groups.set(one.incident, [...(groups.get(one.incident) || []), one]);
    return [...groups].map(([id, rows]) => [
      el("li", { class: "group" }, el("h3", {}, say("lists.restored", { id, n: number(rows.length) }))), rows.map((one) => row(one, "callbacks"))]);
  }

  function tabs(found) {
    const pick = (name) => { state.tab = name; draw(); get(`tab-${name}`).focus(); };
    const move = (event, index) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by) pick(names[(index + by + names.length) % names.length]);
    };
    get("tabs").replaceChildren(...names.map((name, index) => el("button", {
      type: "button", role: "tab", id: `tab-${name}`, class: "tab", "aria-selected": String(name === state.tab), "aria-controls": "rows",
      tabindex: name === state.tab ? "0" : "-1", onclick: () => pick(name), onkeydown: (event) => move(event, index),
    }, say(kept[name]), " ", el("span", { class: `count ${name === "unplaced" && found[name].length ? "is-old" : ""}` }, number(found[name].length)))));
  }

  function outagesNow() {
    const live_ = state.outages.filter((one) => one.state !== "restored");
    get("outages-count").textContent = number(live_.length);
    const line = (one) => {
      const etr = office.etr(one.etr), [look, key] = supply[one.state];
      return el("li", {}, el("div", { class: "row-line" }, el("b", {}, sentence(one.area)), el("span", { class: `chip ${look}` }, say(key))),
        el("div", { class: "row-about" }, [say("outagesNow.homes", { n: number(one.premises_count) }), etr.known && !etr.passed ? say("outagesNow.etr", { time: etr.time }) : say(etr.known ? "etr.passed" : "outagesNow.noTime"), etr.known && etr.source].filter(Boolean).join(" · ")));
    };
    get("outages-now").replaceChildren(...(live_.length ? live_.map(line) : [el("li", { class: "empty" }, say("outagesNow.none"))]));
  }

  /** Draw again, but keep the focus and the place in the list that the agent is in. */
  function draw() {
    const found = members(), inside = document.activeElement?.closest?.("#rows [data-ticket]")?.dataset.ticket;
    if (!state.tab) state.tab = found.unplaced.length ? "unplaced" : "recent";
    const list = found[state.tab], shown = list.slice(0, state.most);
    tabs(found);
    get("rows").setAttribute("aria-labelledby", `tab-${state.tab}`);
    const rows = state.tab === "callbacks" ? grouped(shown) : shown.map((one) => row(one, state.tab));
    const more = list.length > shown.length && el("li", {}, el("button", { type: "button", class: "row more", onclick: () => { state.most += 60; draw(); } }, say("lists.more", { n: number(list.length - shown.length) })));
    const none = !list.length && el("li", { class: "empty" }, say(`none.${state.tab}`));
    get("rows").replaceChildren(el("ul", {}, rows.flat(2), more, none));
    if (inside) get("rows").querySelector(`[data-ticket="${CSS.escape(inside)}"]`)?.focus();
    outagesNow();
  }

  get("rows").addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const rows = [...get("rows").querySelectorAll("button")], here = rows.indexOf(document.activeElement);
    rows[Math.min(rows.length - 1, Math.max(0, here + by))]?.focus();
  });

  const show = (tab) => { state.tab = tab; draw(); (get("rows").querySelector("button") || get(`tab-${tab}`)).focus(); };
  let asked = null;
  on("call", () => { if (asked !== call.now.ticket?.id) { asked = call.now.ticket?.id; draw(); } });
  on("redraw", draw);
  on("taken", office.soon(reload, 100));
  window.setInterval(draw, 30000);
  return { focus: () => show(state.tab || "recent"), reload, show };
};

/* Give a ticket a place: one of the candidates for the caller's words, or a click on the map. */
"use strict";

(() => {
  const { actionButton, clock, command, data, el, facts, glyphs, live, on, say, set, state } = mainbreak;
  const found = { ticket: "", items: null, detail: null, chosen: null };
  let marks = null, ground = null;

  const ticket = () => data("day").unlocated.find((one) => one.id === state.ticket);

  function leave() {
    set("ticket", "");
  }

  /** The ticket in full, then where its words may mean. */
  async function ask(id) {
    Object.assign(found, { ticket: id, items: null, detail: null, chosen: null });
    try {
      const detail = await live.api("GET", `/api/tickets/${encodeURIComponent(id)}`);
      const text = [detail.address, detail.text].filter(Boolean).join(" ");
      const items = text ? (await live.api("POST", "/api/locate", { text })).items : [];
      if (found.ticket === id) Object.assign(found, { detail, items });
    } catch (error) {
      mainbreak.toast(live.explain(error));
      if (found.ticket === id) found.items = [];
    }
    mainbreak.emit("editor", state.editor);
    show();
    if (found.ticket === id && found.items.length) ground.fitBounds(L.latLngBounds(found.items.slice(0, 6)), { maxZoom: 17, padding: [80, 80] });
  }

  function pick(one) {
    choose(one);
    ground.setView([one.lat, one.lon], Math.max(ground.getZoom(), 17));
    mainbreak.focusIn("[data-action=place]");
  }

  function choose(position) {
    found.chosen = position;
    mainbreak.emit("editor", state.editor);
    show();
  }

  async function put() {
    const { chosen } = found, id = state.ticket;
    if (!chosen) return;
    const taken = await command(`/api/tickets/${encodeURIComponent(id)}/place`, { lon: chosen.lon, lat: chosen.lat });
    if (!taken) return;
    leave();
    const incident = taken.incident && taken.incident.id;
    mainbreak.toast(incident ? say("place.done", { id, incident }) : say("place.doneAlone", { id }));
    if (incident && facts.rowOf(incident) >= 0) set("incident", incident);
  }

  const label = (one) => one.label || `${one.lon.toFixed(5)}, ${one.lat.toFixed(5)}`;

  function candidate(one, row) {
    const chosen = found.chosen && found.chosen.lon === one.lon && found.chosen.lat === one.lat;
    return el("li", {}, el("button", { type: "button", class: "candidate", "aria-pressed": String(chosen), "data-key": `candidate ${row}`, onclick: () => pick(one) },
      glyphs.node(glyphs.order(String(row + 1))), el("b", {}, label(one)), el("span", {}, `${Math.round(one.confidence * 100)}%`),
      el("span", { class: "count" }, say(`found.${one.found_by}`))));
  }

  function candidates() {
    if (found.items === null) return el("p", { class: "small" }, say("place.asking"));
    if (!found.items.length) return el("p", { class: "small" }, say("place.none"));
    return el("ul", { class: "candidates" }, found.items.slice(0, 6).map(candidate));
  }

  /** The panel of a ticket without a place. */
  mainbreak.ticketPanel = () => {
    const one = ticket(), { detail } = found;
    if (!one) return null;
    const close = el("button", { type: "button", class: "quiet close", title: say("panel.close"), "aria-label": say("panel.close"), onclick: leave }, glyphs.node(glyphs.tools.close));
    const who = [say(`channel.${one.channel}`), clock(one.at), detail && detail.phone].filter(Boolean).join(" · ");
    const go = actionButton("place", say("place.run"), "Enter", put, "is-primary");
    go.disabled = !found.chosen;
    return [el("header", { class: "panel-head" }, el("div", { class: "panel-title" }, glyphs.node(glyphs.priority(one.p)), el("h2", {}, say(`symptom.${one.symptom}`)),
      el("span", { class: "count" }, one.id), close), el("p", { class: "small" }, who)),
    el("section", { class: "part" }, el("p", {}, (detail && detail.text) || one.text), detail && detail.address ? el("p", { class: "small" }, detail.address) : null),
    el("section", { class: "part" }, el("div", { class: "part-head" }, el("h3", {}, say("place.title"))), candidates(),
      el("p", { class: "small" }, say(found.chosen && !found.chosen.label ? "place.clicked" : "place.click")),
      live.me.role === "dispatcher" && el("div", { class: "buttons" }, go))];
  };

  /** The candidates and the chosen place on the map. */
  function show() {
    if (!marks) return;
    const items = state.ticket && found.items ? found.items.slice(0, 6) : [], { chosen } = found;
    const spot = (one, row) => ({ key: `candidate ${row}`, place: L.latLng(one.lat, one.lon), size: [22, 22], z: 600, className: "candidate-spot",
      html: glyphs.order(String(row + 1), chosen === one ? "next" : ""), onclick: () => choose(one) });
    const pin = state.ticket && chosen && !items.includes(chosen)
      ? [{ key: "chosen", place: L.latLng(chosen.lat, chosen.lon), size: [32, 32], anchor: [16, 30], z: 700, html: glyphs.pin, className: "pin" }] : [];
    marks.sync([...items.map(spot), ...pin]);
  }

  mainbreak.startPlacing = (map) => {
    const group = L.layerGroup().addTo(map);
    ground = map;
    marks = mainbreak.markers(group);
    map.on("click", ({ latlng }) => state.ticket && choose({ lon: latlng.lng, lat: latlng.lat }));
    on("ticket", (id) => {
      document.body.classList.toggle("is-placing", Boolean(id));
      if (id) { set("incident", ""); ask(id); }
      found.chosen = null;
      show();
      mainbreak.emit("editor", state.editor);
    });
    on("incident", (id) => id && leave());
    mainbreak.onParts(["day.unlocated"], () => state.ticket && !ticket() && leave());
  };
})();

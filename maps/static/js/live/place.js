/* Give a ticket a place: one of the candidates for the caller's words or for what is looked up here, or a
   click on the map. */
"use strict";

(() => {
  const { actionButton, clock, command, data, el, facts, glyphs, live, on, say, set, state } = mainbreak;
  const found = { ticket: "", items: null, reason: null, hint: null, detail: null, chosen: null, asked: "" };
  const most = 6;
  let marks = null, ground = null, rings = null;

  const ticket = () => data("day").unlocated.find((one) => one.id === state.ticket);

  function leave() {
    set("ticket", "");
  }

  /** The ticket in full, then where its words may mean. */
  async function ask(id) {
    Object.assign(found, { ticket: id, items: null, reason: null, hint: null, detail: null, chosen: null, asked: "" });
    try {
      const detail = await live.api("GET", `/api/tickets/${encodeURIComponent(id)}`);
      if (found.ticket === id) found.detail = detail;
      await look(id, [detail.address, detail.text].filter(Boolean).join(" "));
    } catch (error) {
      mainbreak.toast(live.explain(error));
      if (found.ticket === id) { found.items = []; mainbreak.emit("editor", state.editor); }
    }
  }

  /** Where a text may mean, in the list and on the map. Who has chosen before the answer comes keeps that. */
  async function look(id, text) {
    found.chosen = null;
    const { items, reason, hint } = text ? await live.api("POST", "/api/locate", { text }) : { items: [], reason: "nothing", hint: null };
    if (found.ticket !== id) return;
    Object.assign(found, { items, reason, hint });
    mainbreak.emit("editor", state.editor);
    show();
    if (items.length && !found.chosen) ground.fitBounds(L.latLngBounds(items.slice(0, most)), { maxZoom: 17, padding: [80, 80] });
  }

  function lookUp(event) {
    event.preventDefault();
    if (found.asked.trim()) look(state.ticket, found.asked.trim()).catch((error) => mainbreak.toast(live.explain(error)));
  }

  /** A field for what the caller says on the phone now, or a link of a map. */
  function asking() {
    const field = el("input", { type: "search", class: "ask-place", "data-key": "ask place", maxlength: 2000, autocomplete: "off", "aria-label": say("place.look"), placeholder: say("place.look"),
      oninput: (event) => { found.asked = event.target.value; } });
    field.value = found.asked;
    return el("form", { role: "search", onsubmit: lookUp }, field);
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
    const taken = await command(`/api/tickets/${encodeURIComponent(id)}/place`, { lon: chosen.lon, lat: chosen.lat, premises: chosen.premises || null });
    if (!taken) return;
    leave();
    const incident = taken.incident && taken.incident.id;
    mainbreak.toast(incident ? say("place.done", { id, incident }) : say("place.doneAlone", { id }));
    if (incident && facts.rowOf(incident) >= 0) set("incident", incident);
  }

  function candidate(one, row) {
    const chosen = found.chosen && found.chosen.lon === one.lon && found.chosen.lat === one.lat;
    return el("li", {}, el("button", { type: "button", class: "candidate", "aria-pressed": String(chosen), "data-key": `candidate ${row}`, onclick: () => pick(one) },
      el("kbd", {}, String(row + 1)), mainbreak.candidate.row(one)));
  }

  function candidates() {
    if (found.items === null) return el("p", { class: "small" }, say("place.asking"));
    const why = found.hint ? say("where.shortLink") : mainbreak.candidate.why(found.reason);
    return el("div", {}, why && el("p", { class: "why" }, why), el("ul", { class: "candidates" }, found.items.slice(0, most).map(candidate)));
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
    el("section", { class: "part" }, el("div", { class: "part-head" }, el("h3", {}, say("place.title"))), asking(), candidates(),
      el("p", { class: "small" }, say(found.chosen && !found.chosen.label ? "place.clicked" : "place.click")),
      live.me.role === "dispatcher" && el("div", { class: "buttons" }, go))];
  };

  /** The candidates and the chosen place on the map. */
  function show() {
    if (!marks) return;
    const items = state.ticket && found.items ? found.items.slice(0, most) : [], { chosen } = found;
    rings.clearLayers();
    for (const one of items) mainbreak.candidate.ring(one, chosen === one ? { weight: 2.5 } : {}).forEach((layer) => rings.addLayer(layer));
    const spot = (one, row) => ({ key: `candidate ${row}`, place: L.latLng(one.lat, one.lon), size: [28, 36], anchor: [14, 35], z: 600 - row, className: "candidate-spot",
      html: glyphs.pick(String(row + 1), chosen === one ? "is-chosen" : ""), onclick: () => choose(one) });
    const pin = state.ticket && chosen && !items.includes(chosen)
      ? [{ key: "chosen", place: L.latLng(chosen.lat, chosen.lon), size: [32, 32], anchor: [16, 30], z: 700, html: glyphs.pin, className: "pin" }] : [];
    marks.sync([...items.map(spot), ...pin]);
  }

  mainbreak.startPlacing = (map) => {
    const group = L.layerGroup().addTo(map);
    ground = map;
    rings = L.layerGroup().addTo(map);
    on("theme", show);
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

/* Close a street: an area or a line drawn by clicks, the street between two crossings that is clicked, or
   one by its names. What it would touch is shown on the map and told before anything is kept. */
"use strict";

(() => {
  const { actionButton, closures, command, data, el, live, number, on, say, set, undoable } = mainbreak;
  const modes = ["area", "street", "line", "names"], reasons = ["flood", "works", "collapse", "snow", "traffic", "other"];
  const fresh = () => ({ mode: "street", spots: [], names: ["", "", ""], reason: "flood", ends: "hours", factor: 0, entry: false, note: "", target: null, then: null, id: "" });
  const shown = { answer: null, fault: "", asking: false };
  let wanted = fresh(), node = null, outcome = null, timer = 0, asked = 0, sketch = null;

  const spot = ({ lat, lng }) => ({ lon: lng, lat });

  /** What is drawn, as the server takes it; null while it is not enough. */
  function where() {
    const { mode, names, spots } = wanted;
    if (mode === "names") return names.every((name) => name.trim()) ? { street: names[0].trim(), crossings: [names[1].trim(), names[2].trim()] } : null;
    if (mode === "street") return spots.length ? (spots.length > 1 ? { ends: [spot(spots[0]), spot(spots.at(-1))] } : { at: spot(spots[0]) }) : null;
    return spots.length >= (mode === "area" ? 3 : 2) ? { shape: mode, places: spots.map(({ lat, lng }) => [lng, lat]) } : null;
  }

  function body() {
    const { ends, entry, factor, note, reason } = wanted, drawn = where();
    return drawn && { ...drawn, reason, until: closures.ends[ends](), factor, entry, note: note.trim() };
  }

  function changed(delay = 250) {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, delay);
    paint();
  }

  /** Ask what it would touch; an answer to an older question is dropped. */
  async function ask() {
    const question = body(), mine = (asked += 1);
    Object.assign(shown, { answer: null, fault: "", asking: Boolean(question) });
    draw();
    if (!question) { paint(); return; }
    try {
      const answer = await live.api("POST", "/api/closures/preview", question);
      if (mine !== asked) return;
      Object.assign(shown, { answer, asking: false });
      if (question.street) see(answer.courses);
    } catch (error) {
      if (mine !== asked) return;
      Object.assign(shown, { asking: false, fault: mainbreak.refusal(error) });
    }
    draw();
    paint();
  }

  /** Bring streets chosen by name into view: nobody has pointed at them. */
  function see(courses) {
    const bounds = L.latLngBounds(courses.flat().map(([lon, lat]) => [lat, lon])), map = mainbreak.theMap;
    if (bounds.isValid() && !map.getBounds().contains(bounds)) map.fitBounds(bounds, { maxZoom: 16, padding: [90, 90], animate: !mainbreak.quiet.matches });
  }

  async function save() {
    if (!shown.answer) return;
    const { target, then, id } = wanted;
    if (then) { const drawn = body(), { answer } = shown; leave(); then(drawn, answer); return; }
    const path = target ? `/api/closures/${encodeURIComponent(target.id)}` : "/api/closures";
    const kept = target ? await command(path, where(), null, undefined, "PATCH") : await command(path, { ...body(), client_id: id });
    if (!kept || !kept.id) return;
    close();
    set("closure", kept.id);
    mainbreak.focusIn(`[data-key="closure ${kept.id}"]`);
    const street = kept.street || say("closure.unnamed"), n = number(kept.streets);
    if (target) { mainbreak.toast(say("closure.changed", { id: kept.id })); return; }
    undoable(say(kept.factor ? "closure.undoSlow" : "closure.undoClose", { street }), () => command(`/api/closures/${encodeURIComponent(kept.id)}/lift`, {}, say("undo.done")));
    mainbreak.toast(say(kept.factor ? "closure.savedSlow" : "closure.saved", { street, n }), { text: say("undo.run"), run: mainbreak.undo });
  }

  /** The client's own id, so that a second press closes nothing twice. */
  function newId() {
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  /** Nothing more is drawn. */
  function leave() {
    node = outcome = null;
    window.clearTimeout(timer);
    asked += 1;
    Object.assign(shown, { answer: null, fault: "", asking: false });
    wanted = fresh();
    document.body.classList.remove("is-placing");
    mainbreak.theMap.doubleClickZoom.enable();
    paint();
  }

  function close() {
    const { then } = wanted;
    leave();
    if (then) { mainbreak.cardParts.redraw(); mainbreak.focusIn("[data-action=suppose-draw]"); return; }
    mainbreak.showTab("closures");
    mainbreak.focusIn("[data-action=closure-new]");
  }

  /** Draw a closure, or redraw `target`; with `then` nothing is kept: it hears what was drawn. */
  function open(target = null, then = null) {
    if (node) leave();
    wanted = { ...fresh(), target, then, id: newId() };
    document.body.classList.add("is-placing");
    mainbreak.theMap.doubleClickZoom.disable();
    build();
    if (then) mainbreak.cardParts.redraw();
    else mainbreak.showTab("closures");
    node.querySelector(".choice[aria-pressed=true]").focus();
    paint();
  }

  const choice = (key, text, pressed, run) => el("button", { type: "button", class: "choice", "data-key": key, "aria-pressed": String(pressed), onclick: run }, text);

  /** A row of choices of which one holds. */
  function choices(name, values, text, then = () => {}) {
    const pick = (value) => choice(`${name} ${value}`, text(value), wanted[name] === value, () => { wanted[name] = value; then(value); again(`${name} ${value}`); });
    return el("div", { class: "closure-choices", role: "group", "aria-label": say(`closure.form.${name}`) }, el("span", { class: "small" }, say(`closure.form.${name}`)), values.map(pick));
  }

  /** Draw the form anew, keeping the focus. */
  function again(key) {
    build();
    mainbreak.emit("closure", mainbreak.state.closure);
    node.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
    changed(0);
  }

  function turn() {
    wanted.spots = [];
  }

  function names() {
    const field = (name, row) => {
      const input = el("input", { type: "text", maxlength: 100, autocomplete: "off", "data-key": `name ${name}`, oninput: (event) => { wanted.names[row] = event.target.value; changed(); } });
      input.value = wanted.names[row];
      return el("label", { class: "field" }, el("span", {}, say(`closure.form.${name}`)), input);
    };
    return el("div", { class: "two" }, ["named", "first", "last"].map(field));
  }

  function build() {
    outcome = el("div", { class: "outcome", "aria-live": "polite" });
    const note = el("input", { type: "text", maxlength: 200, "data-key": "closure note", autocomplete: "off", oninput: (event) => { wanted.note = event.target.value; } });
    note.value = wanted.note;
    const enters = (reason) => { wanted.entry = !["flood", "collapse"].includes(reason); };
    node = el("form", { class: "editor planned-form closure-form", onsubmit: (event) => { event.preventDefault(); save(); } },
      wanted.target && el("b", {}, say("closure.redrawing", { id: wanted.target.id, street: closures.street(wanted.target) })),
      choices("mode", modes, (mode) => say(`closure.mode.${mode}`), turn),
      wanted.mode === "names" ? names() : el("p", { class: "small" }, say(`closure.hint.${wanted.mode}`)),
      !wanted.target && [
        choices("reason", reasons, (reason) => say(`closureReason.${reason}`), enters),
        choices("ends", ["hour", "hours", "today", "lifted"], (name) => say(`closure.ends.${name}`)),
        choices("factor", [0, 0.25, 0.5], (factor) => (factor ? say("closure.slow", { n: factor * 100 }) : say("closure.closed"))),
        wanted.factor === 0 && choices("entry", [false, true], (entry) => say(entry ? "closure.entry" : "closure.noEntry")),
        el("label", { class: "field" }, el("span", {}, say("closure.form.note")), note)],
      outcome);
    draw();
    return node;
  }

  function draw() {
    if (!outcome) return;
    const { answer, asking, fault } = shown;
    const told = answer ? el("p", {}, el("b", {}, answer.street || say("closure.unnamed")), " · ", closures.extent(answer))
      : el("p", { class: fault ? "alert" : "small" }, fault || say(asking ? "closure.form.asking" : "closure.form.fill"));
    const closes = wanted.factor ? "closure.form.slow" : "closure.form.close";
    const word = wanted.then ? say("suppose.closeRun") : wanted.target ? say("closure.form.move") : answer ? say(closes, { n: number(answer.streets) }) : say("closure.new");
    const go = actionButton("closure-save", word, answer ? "Enter" : "", save, "is-primary is-small");
    go.disabled = !answer;
    const back = wanted.spots.length > 0 && actionButton("closure-back", say("closure.form.back"), "", () => { wanted.spots.pop(); changed(0); }, "is-small is-link");
    outcome.replaceChildren(told, el("div", { class: "buttons" }, go, back, actionButton("closure-cancel", say("button.cancel"), "Esc", close, "is-link is-small")));
  }

  /** The form while it is being filled in; else the button that opens it. */
  mainbreak.closureForm = () => {
    if (live.me.role !== "dispatcher") return null;
    if (data("day").straight) return el("p", { class: "empty" }, say("closure.noStreets"));
    return (node && !wanted.then ? node : null) || el("div", { class: "buttons planned-new" }, actionButton("closure-new", say("closure.new"), "B", () => open(), ""));
  };
  mainbreak.drawClosure = open;
  mainbreak.isClosing = () => node !== null;
  /** The form while what it draws is only supposed. */
  mainbreak.closureNode = () => (wanted.then ? node : null);
  mainbreak.stopClosing = leave;

  /** What is being drawn, and over it the streets it would touch. */
  function paint() {
    if (!sketch) return;
    const { colour } = mainbreak.canvas, { answer } = shown, { mode, spots } = wanted, ring = mode === "area" && spots.length > 2;
    sketch.touched.setLatLngs(node && answer ? answer.courses.map((course) => course.map(([lon, lat]) => [lat, lon])) : []).setStyle({ color: colour("acc"), weight: 9, opacity: 0.75 });
    sketch.line.setLatLngs(node && mode !== "street" ? [...spots, ...(ring ? [spots[0]] : [])] : []).setStyle({ color: colour("dan"), weight: 2.5, dashArray: "6 5" });
    sketch.dots.clearLayers();
    if (node && mode !== "names") for (const one of spots) sketch.dots.addLayer(L.circleMarker(one, mainbreak.canvas.on("route", { radius: 5, color: colour("dan"), weight: 2.5, fill: true, fillColor: colour("s1"), fillOpacity: 1 })));
  }

  function click({ latlng }) {
    if (!node || mainbreak.state.ticket || wanted.mode === "names") return;
    if (wanted.mode === "street" && wanted.spots.length > 1) wanted.spots = [wanted.spots[0]];
    if (wanted.spots.length < 500) wanted.spots.push(latlng);
    changed(60);
  }

  function press(event) {
    if (!node || document.querySelector("dialog[open]")) return;
    const typing = event.target.matches("input, textarea, button, a, select") && !event.target.matches(".closure-form input");
    if (event.key === "Escape") { event.stopImmediatePropagation(); close(); } else if (event.key === "Enter" && !typing && shown.answer) { event.preventDefault(); save(); }
  }

  mainbreak.startClosureForm = (map) => {
    const { on: pane } = mainbreak.canvas;
    sketch = { touched: L.polyline([], pane("route")), line: L.polyline([], pane("route", { lineCap: "butt" })), dots: L.layerGroup() };
    L.layerGroup(Object.values(sketch)).addTo(map);
    map.on("click", click);
    document.addEventListener("keydown", press, { capture: true });
    on("theme", paint);
    on("redraw", () => { if (node) { build(); mainbreak.emit("closure", mainbreak.state.closure); } });
  };
})();

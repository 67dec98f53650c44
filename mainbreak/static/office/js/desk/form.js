/* The new ticket's six fields; Tab walks them, Ctrl Enter saves. */
"use strict";

mainbreak.startForm = () => {
  const { call, el, office, on, say, state, take } = mainbreak;
  const form = document.getElementById("ticket");
  const channels = ["phone", "web", "sms", "wechat", "walk_in", "12345"];
  const symptoms = ["no_water", "low_pressure", "burst", "leak_on_road", "leak_at_meter", "water_quality",
    "hydrant_damaged", "manhole", "construction_damage", "other"];
  const own = new Set();
  /** Characters the server takes: a field that cut what is pasted would lose it without a word. */
  const MOST = 20000;

  const select = (name, options) => el("select", { class: "input", id: `f-${name}`, name, oninput: () => typed(name) },
    options.map(([value, key]) => el("option", { value, "data-say": key }, say(key))));
  const input = (name, kind = "text") => el("input", { class: "input", id: `f-${name}`, name, type: kind, maxlength: MOST, autocomplete: "off", oninput: () => typed(name) });
  const field = (row, name, control) => el("label", { class: `field is-${name}` }, el("span", {}, `${row} `, el("span", { "data-say": `field.${name}` })), control);

  const fields = {
    channel: select("channel", channels.map((one) => [one, `channel.${one}`])),
    symptom: select("symptom", [["", "field.fromWords"], ...symptoms.map((one) => [one, `symptom.${one}`])]),
    address: input("address"),
    priority: select("priority", [["", "field.fromSymptom"], ["P1", "urgent.p1"], ["P2", "urgent.p2"], ["P3", "urgent.p3"], ["P4", "urgent.p4"]]),
    text: input("text"),
    phone: input("phone", "tel"),
  };

  function typed(name) {
    own.add(name);
    fields[name].removeAttribute("aria-invalid");
    echo();
  }

  const lower = (words) => (state.language === "en" ? words.toLowerCase() : words);

  /** What to repeat to the caller before saving. */
  function echo() {
    const line = form.querySelector(".echo"), { address, symptom } = fields;
    const what = symptom.value ? lower(say(`symptom.${symptom.value}`)) : fields.text.value;
    line.textContent = address.value && what ? say("form.echo", { place: address.value, what }) : "";
  }

  /** What stands in the fields, and whether the agent wrote the place. */
  const values = () => ({
    ...Object.fromEntries(Object.entries(fields).map(([name, control]) => [name, control.value.trim()])), ownPlace: own.has("address"),
  });

  /** Bring in what the look-up found, except where the agent wrote something. */
  function fill() {
    const { answer, asked, chosen, customer, phone } = call.now, isNumber = /^[\d\s+\-()（）]+$/.test(asked);
    const found = {
      symptom: answer?.kind === "no_water" ? "no_water" : "", address: call.place() || (isNumber ? "" : asked),
      phone: phone || (isNumber && !customer ? asked : ""),
      text: /_in_text$|near_place/.test(chosen?.found_by || "") ? asked : "", // it says more than where
    };
    for (const [name, value] of Object.entries(found)) if (!own.has(name)) fields[name].value = value || "";
    echo();
  }

  /** Empty the fields; what was written and not saved can be brought back for a while. */
  function clear(before) {
    const kept = { values: values(), own: new Set(own) };
    if (own.size) {
      const undo = el("button", { type: "button", onclick: () => restore(before, kept) }, say("form.undo"), " ", el("kbd", {}, "Ctrl Z"));
      office.toast(say("form.cleared"), undo);
    }
    own.clear();
    form.reset();
    for (const control of Object.values(fields)) control.removeAttribute("aria-invalid");
    fill();
  }

  function restore(before, kept) {
    document.querySelector(".toast")?.remove();
    kept.own.forEach((name) => own.add(name));
    for (const [name, control] of Object.entries(fields)) control.value = kept.values[name];
    call.restore(before);
    document.getElementById("asked").value = before.asked;
  }

  function save(event) {
    event?.preventDefault();
    if (call.now.taken) return;
    const given = values();
    if (!given.address && !given.text && !given.phone && !call.now.position) {
      call.change({ fault: () => say("form.empty") });
      open("text");
      return;
    }
    take.save(given);
  }

  /** Go to the first field that still needs a word. */
  function open(name = fields.symptom.value ? "text" : "symptom") {
    fields[name].focus();
    form.scrollIntoView({ block: "nearest" });
  }

  function words() {
    for (const node of form.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
    fields.text.placeholder = say("form.text");
    fields.phone.placeholder = say("form.phone");
    form.lang = state.language;
    fill();
  }

  const save_ = el("button", { class: "button is-primary", id: "save" }, el("span", { "data-say": "form.save" }), el("kbd", {}, "Ctrl Enter"));
  form.append(
    el("div", { class: "card-head" }, el("h2", { "data-say": "form.title" }), el("span", { class: "count", "data-say": "form.hint" }), save_),
    el("div", { class: "fields" }, field(1, "channel", fields.channel), field(2, "symptom", fields.symptom), field(3, "address", fields.address),
      field(4, "priority", fields.priority), field(5, "text", fields.text), field(6, "phone", fields.phone)),
    el("p", { class: "echo" }));
  form.addEventListener("submit", save);
  on("refused", ({ problem }) => {
    const control = fields[problem.field];
    if (!control) return;
    control.setAttribute("aria-invalid", "true");
    control.focus();
  });
  on("fresh", clear);
  on("taken", () => own.clear());
  on("call", () => { form.hidden = Boolean(call.now.taken || (call.now.ticket && !call.now.ticket.place)); fill(); });
  on("redraw", words);
  words();
  return { open, save, values };
};

/* Questions over the page: one dialog, from below, with large answers. */
"use strict";

mainbreak.crew.sheets = (() => {
  const { el, remember, remembered, say, state } = mainbreak;
  const { day, icons, parts } = mainbreak.crew;
  const get = () => document.getElementById("sheet");

  function show(title, ...content) {
    const sheet = get();
    const close = parts.button(say("button.cancel"), () => sheet.close());
    sheet.replaceChildren(el("h2", { id: "sheet-title" }, title), ...content.flat(), close);
    sheet.showModal();
    return sheet;
  }

  /** Ask for a reason, chosen or written; `then(reason)` when it is given. */
  function reason(title, keys, then) {
    const field = el("textarea", { id: "reason", rows: 2, maxlength: 500, "aria-label": say("ask.other"), placeholder: say("ask.other") });
    const hint = el("p", { class: "hint", role: "alert" });
    const choices = keys.map((key) => choice(say(key)));
    const send = parts.button(say("ask.send"), () => {
      const picked = choices.map((one) => one.querySelector("input")).find((one) => one.checked);
      const said = [picked && picked.value, field.value.trim()].filter(Boolean).join(" · ");
      if (!said) { hint.textContent = say("ask.pick"); return; }
      get().close();
      then([...said].slice(0, 500).join(""));
    }, { look: "primary" });
    show(title, el("div", { class: "choices", role: "radiogroup", "aria-label": title }, choices), field, hint, send);
  }

  const choice = (text) => el("label", { class: "choice" }, el("input", { type: "radio", name: "reason", value: text }), el("span", {}, text));

  /** Ask once before what cannot be undone. */
  function sure(title, lines, answer, then) {
    const yes = parts.button(answer, () => { get().close(); then(); }, { look: "primary" });
    show(title, lines.filter(Boolean).map((text) => el("p", {}, text)), yes);
  }

  const android = /Android/.test(navigator.userAgent);
  const apple = /iPhone|iPad/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

  /** The apps by name, each with its link for this phone: an app's own scheme works without a network. */
  const apps = (links) => ({
    amap: [say("drive.amap"), android ? links.amap_android : apple ? links.amap_ios : links.amap],
    baidu: [say("drive.baidu"), android ? links.baidu_android : links.baidu],
    tencent: [say("drive.tencent"), links.tencent],
    apple: apple && [say("drive.apple"), links.apple],
    google: [say("drive.google"), links.google],
    osmand: [say("drive.osmand"), links.osmand],
    geo: !apple && [say("drive.geo"), links.geo],
  });

  const chinese = ["amap", "baidu", "tencent"], others = ["apple", "google", "osmand", "geo"];

  /** The app used last comes first, then those the reader's country knows. */
  function order() {
    const last = remembered("crew.app"), usual = state.language.startsWith("zh") ? [...chinese, ...others] : [...others, ...chinese];
    return usual.includes(last) ? [last, ...usual.filter((name) => name !== last)] : usual;
  }

  /** Links that open the crew's own navigation app; nothing is asked of the network here. */
  function navigate(visit) {
    const { lat, lon } = visit.target, known = apps(visit.navigate);
    const links = order().filter((name) => known[name] && known[name][1]).map((name, at) =>
      parts.outside(known[name][0], known[name][1], { look: at === 0 ? "primary" : "plain", onclick: () => remember("crew.app", name) }));
    show(say("drive.choose"), el("p", { class: "where" }, visit.label || say("drive.wgs", { lat, lon })), el("div", { class: "stack" }, links));
  }

  function help() {
    const phone = day.me.desk_phone;
    show(say("tab.help"), el("p", {}, say("help.danger")),
      el("a", { class: "act is-primary", href: `tel:${phone}` }, icons("phone"), say("help.ring", { phone })));
  }

  return { close: () => get().close(), help, navigate, reason, show, sure };
})();

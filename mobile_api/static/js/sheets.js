/* Questions over the page: one dialog, from below, with large answers. */
"use strict";

mainbreak.crew.sheets = (() => {
  const { el, glyphs, live, say } = mainbreak;
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

  const apple = /iPhone|iPad|Macintosh/.test(navigator.userAgent);
  const android = /Android/.test(navigator.userAgent);

  /** Links that open the crew's own navigation app; nothing is asked of the network here. */
  function navigate(visit) {
    const { amap, baidu, baidu_android: baiduAndroid, tencent, apple: appleMaps, geo } = visit.navigate;
    const { lat, lon } = visit.target;
    const links = [[say("drive.amap"), amap], [say("drive.baidu"), android ? baiduAndroid : baidu], [say("drive.tencent"), tencent],
      apple ? [say("drive.apple"), appleMaps] : [say("drive.geo"), geo]];
    show(say("drive.choose"), el("p", { class: "where" }, visit.label || say("drive.wgs", { lat, lon })),
      el("div", { class: "stack" }, links.map(([text, href]) => parts.outside(text, href))));
  }

  function help() {
    const phone = day.me.desk_phone;
    show(say("tab.help"), el("p", {}, say("help.danger")),
      el("a", { class: "act is-primary", href: `tel:${phone}` }, icons("phone"), say("help.ring", { phone })));
  }

  return { help, navigate, reason, sure };
})();

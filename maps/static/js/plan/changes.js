/* What one plan does otherwise than another: the changes by crew, each with its cause; its price as bars. */
"use strict";

(() => {
  const { data, el, number, plan, say, sentence, state } = mainbreak;
  const signs = { added: "+", moved: "→", retimed: "↔", taken_out: "−", dropped: "×", diverted: "↱" };
  const first = 12;

  /** Who it is about: who has it now, else who had it. */
  const whose = (one) => one.crew || one.crew_before || "";

  function said(one, others) {
    const from = one.crew_before && plan.crewName(one.crew_before, others), to = one.crew && plan.crewName(one.crew, others);
    const later = one.later_s && one.crew ? ` · ${plan.later(one.later_s)}` : "";
    return say(one.kind === "diverted" && !to ? "change.divertedAway" : `change.${one.kind}`, { from: from || say("plan.nobody"), to: to || say("plan.nobody") }) + later;
  }

  function item(one, others) {
    const gone = ["taken_out", "dropped"].includes(one.kind), text = plan.orderRow(one.work_order) < 0 ? el("b", {}, one.work_order) : plan.orderLink(one.work_order);
    return el("li", { class: `change is-${one.kind}` }, el("b", { class: "change-sign", "aria-hidden": "true" }, signs[one.kind]),
      el("div", {}, el("div", { class: "row-line" }, gone ? el("s", {}, text) : text, el("span", { class: "count" }, one.work_order)), el("div", { class: "small" }, said(one, others)), el("p", { class: "reason" }, sentence(one.cause))));
  }

  /** The changes, those of one crew together; `others` are crews that exist only in a supposition. */
  mainbreak.changeList = (changes, others = []) => {
    const order = [...new Set(changes.map(whose))], sorted = [...changes].sort((a, b) => order.indexOf(whose(a)) - order.indexOf(whose(b)));
    const groups = (some) => [...new Set(some.map(whose))].map((crew) => el("li", {},
      el("h4", { class: "change-crew" }, crew ? [plan.crewSign(crew, 20), plan.crewName(crew, others)] : say("plan.nobody")), el("ul", {}, some.filter((one) => whose(one) === crew).map((one) => item(one, others)))));
    const rest = sorted.slice(first);
    return [el("ul", { class: "changes-list" }, groups(sorted.slice(0, first))),
      rest.length ? el("details", { id: "more-changes" }, el("summary", {}, say("change.more", { n: number(rest.length) })), el("ul", { class: "changes-list" }, groups(rest))) : null];
  };

  const hours = (value) => (value / 3600).toLocaleString(state.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const name = (term) => data("words")[state.language][`cost.${term}`] || term.replaceAll("_", " ");

  function total(text, value, most, look) {
    const bar = el("i", { class: look });
    bar.style.width = `${Math.max(1, (value / most) * 100)}%`;
    return el("div", { class: "total-row" }, el("span", {}, text), el("span", { class: "total-bar", "aria-hidden": "true" }, bar), el("b", {}, hours(value)));
  }

  /** A bar to the left where it costs less, to the right where it costs more. */
  function term({ term: key, before, after }, most) {
    const gain = after - before, bar = el("i", { class: gain < 0 ? "is-less" : "is-more" }), same = Math.abs(gain) < 180;
    bar.hidden = same;
    bar.style.width = `${Math.max(2, (Math.abs(gain) / most) * 50)}%`;
    return el("tr", {}, el("th", { scope: "row" }, name(key)), el("td", {}, hours(before)), el("td", {}, hours(after)), el("td", { class: "swing-cell" }, el("span", { class: "swing", "aria-hidden": "true" }, bar)),
      el("td", { class: same ? "" : gain < 0 ? "is-better" : "is-worse" }, same ? "0" : `${gain < 0 ? "−" : "+"}${hours(Math.max(360, Math.abs(gain)))}`));
  }

  /** Before outlined, after solid; then each term that counts, with its difference. */
  mainbreak.costPicture = (cost, before, after) => {
    const all = cost.find((one) => one.term === "total") || { before: 0, after: 0 }, terms = cost.filter((one) => one.term !== "total" && Math.max(one.before, one.after) >= 180);
    const most = Math.max(all.before, all.after, 1), swing = Math.max(...terms.map((one) => Math.abs(one.after - one.before)), 1);
    const heads = [say("cost.term"), before, after].map((word) => el("th", { scope: "col" }, word));
    return el("section", { class: "part" }, el("h3", {}, say("cost.title"), " ", el("span", { class: "count" }, say("cost.unit"))),
      el("div", { class: "totals" }, total(before, all.before, most, "is-before"), total(after, all.after, most, "is-after")),
      terms.length > 0 && el("table", { class: "swings" }, el("thead", {}, el("tr", {}, heads, el("th", { scope: "col", colspan: 2 }, say("cost.gain")))), el("tbody", {}, terms.map((one) => term(one, swing)))));
  };
})();

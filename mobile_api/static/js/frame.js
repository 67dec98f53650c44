/* Title, line to the server, screen, tabs: drawn again when something changed, keeping the focus. */
"use strict";

mainbreak.crew.frame = (() => {
  const { el, say } = mainbreak;
  const { day, icons, map, outbox, parts, position, screens, sheets, wire } = mainbreak.crew;
  const get = (id) => document.getElementById(id);

  /** 地图: every visit, with buttons large enough for a glove. */
  screens.map = () => ({
    tab: "map",
    title: [el("h1", {}, say("map.name"))],
    body: [map.slot("is-whole"), map.isPicking && el("div", { class: "note is-warning map-note", role: "status" }, icons("barrier"), el("b", {}, say("streets.tap")),
      parts.button(say("button.cancel"), () => { map.leave(); draw(); }, { look: "small", key: "pick.cancel" })), el("div", { class: "map-tools" },
      tool("in", "map.in", () => map.zoom(1)), tool("out", "map.out", () => map.zoom(-1)),
      tool("all", "map.all", () => map.all()), position.last && tool("here", "map.here", () => map.here()))],
    map: null,
    bare: true,
  });

  const tool = (icon, key, onclick) =>
    el("button", { type: "button", class: "tool", onclick, "aria-label": say(key), title: say(key), "data-key": key }, icons(icon));

  function screen() {
    const [name, id] = window.location.hash.slice(1).split("/");
    return (screens[name] || screens.today)(decodeURIComponent(id || ""));
  }

  /** One line that is always true: what is not sent yet, and since when nobody answers. */
  function lineText() {
    const { busy, login, offlineSince, problem, sentAt } = outbox.state, n = outbox.waiting().length;
    if (login) return { icon: "warning", text: say("line.login"), bad: true, href: `/login?next=${encodeURIComponent("/crew")}` };
    if (offlineSince !== null) {
      const span = parts.span(wire.now() - offlineSince);
      return { icon: "offline", text: n ? say("line.waiting", { span, n }) : say("line.offline", { span }), bad: true };
    }
    if (problem) return { icon: "warning", text: say("line.refused", { text: problem }), bad: true };
    if (n || busy) return { icon: "outbox", text: say("line.sending", { n: n || 1 }) };
    return { icon: "check", text: sentAt === null ? say("line.idle") : say("line.sent", { time: parts.clockOf(sentAt) }) };
  }

  function line() {
    const bar = get("line"), { icon, text, bad, href } = lineText();
    bar.className = `line ${bad ? "is-bad" : ""}`;
    bar.href = href || "#outbox";
    put(bar, [icons(icon), el("b", {}, text), !outbox.kept && el("b", {}, say("line.notKept")), icons("on")]);
  }

  function tabs(current) {
    const n = outbox.waiting().length + outbox.all().filter((item) => ["conflict", "refused"].includes(item.outcome)).length;
    const tab = (name, text, more) => el("a", { href: `#${name}`, "aria-current": name === current && "page", "data-key": `tab.${name}` }, icons(name), el("span", {}, text), more);
    const help = el("button", { type: "button", class: "is-help", onclick: sheets.help, "data-key": "tab.help" }, icons("help"), el("span", {}, say("tab.help")));
    get("tabs").setAttribute("aria-label", say("tab.name"));
    put(get("tabs"), [tab("today", say("tab.today")), tab("map", say("tab.map")),
      tab("outbox", say("tab.outbox"), n > 0 && el("i", { class: "count" }, String(n))), day.me.desk_phone && help]);
  }

  /** Replace what an element holds only if it looks different: nothing moves under a thumb for nothing. */
  function put(holder, nodes) {
    const next = el("div", {}, nodes.flat().filter(Boolean));
    const open = new Set([...holder.querySelectorAll("details[open]")].map((one) => one.dataset.key));
    for (const one of next.querySelectorAll("details")) if (open.has(one.dataset.key)) one.open = true;
    const slot = holder.querySelector(".map-slot"), host = slot && slot.firstChild;
    if (host) host.remove();
    const same = next.childNodes.length === holder.childNodes.length && [...next.childNodes].every((one, row) => one.isEqualNode(holder.childNodes[row]));
    if (same) {
      if (host) slot.append(host);
      return;
    }
    const key = document.activeElement && holder.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    holder.replaceChildren(...next.childNodes);
    if (host && holder.querySelector(".map-slot")) holder.querySelector(".map-slot").append(host);
    const again = key && [...holder.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
    if (again) again.focus();
  }

  function draw() {
    const { tab, title, body, bare, wide, map: focus } = screen();
    put(get("title"), title);
    get("screen").dataset.of = window.location.hash.slice(1);
    get("screen").className = `screen ${bare ? "is-bare" : ""} ${wide ? "is-wide" : ""}`;
    put(get("screen"), body);
    line();
    tabs(tab);
    const slot = get("screen").querySelector(".map-slot");
    if (slot) {
      map.enter(slot, focus);
      day.ground();
    }
  }

  function turn() {
    draw();
    get("screen").scrollTop = 0;
    get("screen").focus({ preventScroll: true });
  }

  function start() {
    window.addEventListener("hashchange", turn);
    for (const name of ["outbox", "day", "redraw", "position"]) mainbreak.on(name, draw);
    window.setInterval(draw, 15000);
    turn();
  }

  return { start };
})();

/* Log in, then go where the address asked or where one's role works. */
"use strict";

(() => {
  const { glyphs, live, say } = mainbreak;
  const get = (id) => document.getElementById(id);
  let busy = false, shown = null;

  /** Where to go: "/" knows which page the role may open, and takes a path of this server only. */
  function target() {
    const asked = new URLSearchParams(window.location.search).get("next") || "";
    if (!/^\/(?![/\\])/.test(asked) || !URL.canParse(asked, window.location.origin)) return "/";
    const there = new URL(asked, window.location.origin);
    const own = there.origin === window.location.origin && there.pathname !== "/login";
    return own ? `/?next=${encodeURIComponent(there.pathname + there.search + there.hash)}` : "/";
  }

  /** The sentence of a refusal, in the page's language where the page knows the case. */
  function sentence(fault) {
    if (fault.status === 401) return say("login.wrong");
    if (fault.status === 429) return wait(fault.problem.retry_after);
    return live.explain(fault);
  }

  function wait(seconds) {
    if (!seconds) return say("login.wait");
    return seconds < 90 ? say("login.waitSeconds", { n: seconds }) : say("login.waitMinutes", { n: Math.ceil(seconds / 60) });
  }

  function show(fault) {
    shown = fault;
    const text = fault && (fault.key ? say(fault.key) : sentence(fault));
    const line = fault && mainbreak.el("p", { class: "fault" }, glyphs.node(glyphs.tools.warning), mainbreak.el("span", {}, text));
    get("fault").replaceChildren(...(line ? [line] : []));
  }

  async function enter(event) {
    event.preventDefault();
    const login = get("user").value.trim(), password = get("password").value;
    if (busy) return;
    if (!login) { show({ key: "login.noLogin" }); get("user").focus(); return; }
    if (!password) { show({ key: "login.noPassword" }); get("password").focus(); return; }
    busy = true;
    get("enter").setAttribute("aria-disabled", "true");
    try {
      await live.api("POST", "/api/session", { login, password });
      window.location.assign(target());
    } catch (fault) {
      busy = false;
      get("enter").removeAttribute("aria-disabled");
      show(fault);
      get("password").select();
      get("password").focus();
    }
  }

  mainbreak.office.start("login").then(() => {
    if (live.me.login) {
      window.location.replace(target());
      return;
    }
    mainbreak.on("redraw", () => show(shown));
    get("login").addEventListener("submit", enter);
    mainbreak.office.ready();
    get("user").focus();
  });
})();

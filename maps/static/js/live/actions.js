/* Commands to the server: one at a time, told in a toast, undone by name where that is possible. What
   changes the field stands beside the sentence that says what it costs. */
"use strict";

(() => {
  const { el, glyphs, live, on, say } = mainbreak;
  const get = (id) => document.getElementById(id);
  const shownFor = 6000; // ms
  const undos = [];
  let hiding = 0, busy = false;

  /** Say something at the bottom for a while, perhaps with one thing to do about it. */
  function toast(text, act = null) {
    window.clearTimeout(hiding);
    const button = act && el("button", { type: "button", onclick: () => { get("toast").hidden = true; act.run(); } }, act.text);
    get("toast").replaceChildren(el("span", {}, text), ...(button ? [button] : []));
    get("toast").hidden = false;
    hiding = window.setTimeout(() => { get("toast").hidden = true; }, shownFor);
  }

  /** Send one command; resolves to the answer, to null where it was refused: then it is told why. */
  async function command(path, body, told) {
    if (busy) return null;
    if (live.state().lost) { toast(say("live.away")); return null; }
    busy = true;
    document.body.classList.add("is-sending");
    try {
      const answer = await live.api("POST", path, body);
      if (told) toast(told);
      await mainbreak.refresh();
      return answer || {};
    } catch (error) {
      toast(live.explain(error));
      return null;
    } finally {
      busy = false;
      document.body.classList.remove("is-sending");
    }
  }

  /** Remember how to take back what was just done, and under which name. */
  function undoable(text, run) {
    undos.push({ text, run });
    chip();
  }

  async function undo() {
    const last = undos.at(-1);
    if (!last || busy) return;
    if (await last.run()) undos.splice(undos.indexOf(last), 1);
    chip();
  }

  function chip() {
    const last = undos.at(-1);
    get("undo").hidden = !last;
    if (last) get("undo").replaceChildren(glyphs.node(glyphs.tools.undo), say("undo.name", { text: last.text }), " ", el("kbd", {}, "Ctrl Z"));
  }

  /** A button with its key printed in it; `data-action` finds it for the keyboard. */
  function button(action, text, key, run, look = "") {
    return el("button", { type: "button", class: `button ${look}`, "data-action": action, "data-key": action, onclick: run }, text, key && el("kbd", {}, key));
  }

  /** Press the button of an action where the page shows it. */
  const press = (action) => {
    const node = document.querySelector(`[data-action="${action}"]`);
    if (node && !node.disabled) node.click();
  };

  mainbreak.startActions = () => {
    get("undo").addEventListener("click", undo);
    on("redraw", chip);
  };

  Object.assign(mainbreak, { actionButton: button, command, press, toast, undo, undoable });
})();

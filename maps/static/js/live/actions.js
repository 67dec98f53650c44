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

  /** Send one command; resolves to the answer, to null where it was refused: then `refused` hears why, else
      a toast says so. */
  async function command(path, body, told, refused = toast, method = "POST") {
    if (busy) return null;
    if (live.state().lost) { refused(say("live.away")); return null; }
    busy = true;
    document.body.classList.add("is-sending");
    try {
      const answer = await live.api(method, path, body);
      if (told) toast(told);
      await mainbreak.refresh();
      return answer || {};
    } catch (error) {
      if (error.status === 409) mainbreak.refresh(); // somebody was faster: show what is so now
      refused(mainbreak.refusal(error));
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

  /** Take decisions one after the other, each told with the request that takes it back; the toast and
      Ctrl Z take back all. Resolves to the last answer, null if the last was refused. */
  async function decide(steps, told, name, refused = toast) {
    const back = [];
    let answer = null;
    for (const [path, body] of steps) {
      answer = await command(path, body, null, refused);
      if (!answer) break;
      if (answer.undo) back.unshift(answer.undo);
    }
    if (back.length) undoable(name, () => takeBack(back));
    if (answer) toast(typeof told === "function" ? told(answer) : told, back.length ? { text: say("undo.run"), run: undo } : null);
    return answer;
  }

  /** What was taken back already is not sent again where a later one was refused. */
  async function takeBack(back) {
    while (back.length) {
      if (!await command(back[0].path, back[0].body, null)) return false;
      back.shift();
    }
    toast(say("undo.done"));
    return true;
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

  Object.assign(mainbreak, { actionButton: button, command, decide, press, toast, undo, undoable });
})();

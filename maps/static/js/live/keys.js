/* The console's keys beside those of every map page; a button whose key is pressed must be there. */
"use strict";

mainbreak.startLiveKeys = () => {
  const { press, set, state, undo } = mainbreak;
  const first = (prefix) => {
    const node = document.querySelector(`[data-action^="${prefix} "]`);
    if (node) node.click();
  };

  function log() {
    const part = document.getElementById("part-log");
    if (part) part.scrollIntoView({ block: "start", behavior: "smooth" });
  }

  const tray = () => !document.getElementById("view-conflicts").hidden && document.querySelector(".conflict");
  const keys = {
    a: () => press("adopt"), r: () => press("retry"), e: () => press("etr"), v: () => mainbreak.listKey() || press("verify"), s: () => first("assign"),
    g: () => mainbreak.firstNeed(), t: () => mainbreak.timelineNow(), o: () => mainbreak.toggleLegend(), l: log,
    h: () => press("see-plan"), i: () => press(document.querySelector("[data-action=pin]") ? "pin" : "unpin"), w: () => mainbreak.suppose(), x: () => press("forbid"),
    u: () => press("regroup"), n: () => press("major-seen"), b: () => { mainbreak.showTab("closures"); press("closure-new"); }, "/": () => document.getElementById("search").focus(),
  };
  const lines = [["/", "keys.search"], ["G", "keys.needs"], ["A", "keys.adopt"], ["R", "keys.retry"], ["E", "keys.etr"], ["S", "keys.assign"], ["I", "keys.pin"], ["X", "keys.forbid"], ["H", "keys.plan"], ["W", "keys.whatIf"], ["V", "keys.verify"], ["V", "keys.list"],
    ["U", "keys.regroup"], ["B", "keys.closure"], ["N", "keys.major"], ["1 2", "keys.settle"], ["1 – 6", "keys.candidate"], ["Ctrl Z", "keys.undo"], ["T", "keys.now"], ["L", "keys.log"], ["O", "keys.legend"], ["Alt 1 – 5", "keys.regions"]];

  const regions = ["incidents", "map", "panel", "timeline-scroll", "needs"];

  /** Alt 1 to 5: queue, map, incident, timeline, what needs you. */
  function region(event) {
    const id = event.altKey && regions[Number(event.code.replace("Digit", "")) - 1];
    if (!id) return;
    event.preventDefault();
    document.getElementById(id).focus();
  }

  /** Enter confirms what is being asked; a control that has the focus takes it for itself. */
  function confirm({ key, target }) {
    if (key !== "Enter" || target.matches("button, a, input, textarea, summary") || document.querySelector("dialog[open]")) return;
    press("etr-save");
    press("place");
    press("regroup-go");
    for (const action of ["give", "forbid-go", "away-go"]) press(action);
    if (!document.querySelector(".closure-form")) press("whatif-go");
  }

  document.addEventListener("keydown", (event) => {
    region(event);
    confirm(event);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.target.matches("input, textarea")) {
      event.preventDefault();
      undo();
    }
    if (event.key === "Escape" && (state.editor || state.ticket || (state.card && !event.target.matches("#search, #crew-find") && !mainbreak.closureNode())) && !document.querySelector("dialog[open]")) {
      event.stopImmediatePropagation();
      if (state.editor) set("editor", "");
      else if (state.ticket) set("ticket", "");
      else if (!mainbreak.stopAsking()) mainbreak.closeCard();
    }
    if (/^[1-6]$/.test(event.key) && state.ticket && !event.target.matches("input, textarea")) {
      event.stopImmediatePropagation();
      document.querySelector(`[data-key="candidate ${event.key - 1}"]`)?.click();
    } else if (["1", "2"].includes(event.key) && tray() && !event.target.matches("input, textarea")) {
      event.stopImmediatePropagation();
      first(event.key === "1" ? "take" : "keep");
    }
  }, { capture: true });

  mainbreak.startKeys({ keys, lines });
};

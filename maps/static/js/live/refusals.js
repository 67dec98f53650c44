/* What the server refuses about tickets and incidents, in the reader's language; what is not known here is
   said in the server's own words. */
"use strict";

(() => {
  const { live, say } = mainbreak;
  const known = [
    [/begun the work of incident (\S+) and that of incident (\S+),/, ([a, b]) => say("refused.bothBegun", { a, b })],
    [/begun the work of incident (\S+)\. Merge (\S+) into/, ([a, b]) => say("refused.begun", { a, b })],
    [/no ticket with a place would stay in incident ([\w-]+)/, ([id]) => say("refused.noneStays", { id })],
    [/these are all of incident ([\w-]+)/, ([id]) => say("refused.all", { id })],
    [/none of them has a place/, () => say("refused.noPlace")],
    [/ticket ([\w-]+) is closed/, ([id]) => say("refused.ticketClosed", { id })],
    [/none of the tickets that incident ([\w-]+) brought/, ([id]) => say("refused.nothingBack", { id })],
    [/incident ([\w-]+),? (?:which has its tickets, )?is (?:suspected|confirmed|resolved|closed|dismissed|merged)/, ([id]) => say("refused.state", { id })],
  ];

  /** More of them, each a pattern and what says it. */
  mainbreak.knowRefusals = (more) => known.push(...more);

  /** One line with the remedy. */
  mainbreak.refusal = (error) => {
    if (!(error instanceof live.Refused) || ![409, 422].includes(error.status)) return live.explain(error);
    for (const [pattern, words] of known) {
      const found = pattern.exec(error.message);
      if (found) return words(found.slice(1));
    }
    return live.explain(error);
  };
})();

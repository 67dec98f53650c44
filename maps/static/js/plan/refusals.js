/* What the server refuses about crews and their work, in the reader's language. */
"use strict";

mainbreak.knowRefusals((({ plan, say }) => [
  [/work order (\S+) is forbidden to crew (\S+)\. Allow/, ([id, crew]) => say("refused.barred", { id, crew: plan.crewName(crew) })],
  [/crew (\S+) is away\. Call/, ([crew]) => say("refused.away", { crew: plan.crewName(crew) })],
  [/crew (\S+) has already started work order (\S+)/, ([crew, id]) => say("refused.started", { id, crew: plan.crewName(crew) })],
  [/work order (\S+) is already/, ([id]) => say("refused.orderOver", { id })],
  [/is not (?:forbidden to crew|away\.|locked\.)/, () => say("refused.notSo")],
  [/crew (\S+) lacks a skill/, ([crew]) => say("refused.skill", { crew: plan.crewName(crew) })],
  [/crew (\S+) has \d+ people, work order \S+ takes (\d+)/, ([crew, n]) => say("refused.people", { crew: plan.crewName(crew), n })],
  [/the shift of crew (\S+) is over/, ([crew]) => say("refused.shiftOver", { crew: plan.crewName(crew) })],
  [/crew (\S+) cannot drive to work order (\S+):/, ([crew, id]) => say("refused.noDrive", { id, crew: plan.crewName(crew) })],
])(mainbreak));

/* What the server refuses about closures, in the reader's language. */
"use strict";

mainbreak.knowRefusals((({ say }) => [
  [/its area crosses itself/, () => say("refused.crosses")],
  [/both places are at one crossing/, () => say("refused.oneCrossing")],
  [/no one street leads/, () => say("refused.notOne")],
  [/(?:time has passed|ends before it begins)/, () => say("refused.past")],
  [/touches no street/, () => say("refused.noStreet")],
  [/touches (\d+) streets, at most (\d+)/, ([n, most]) => say("refused.tooMany", { n, most })],
  [/no street within (\d+) m/, ([m]) => say("refused.noneNear", { m })],
  [/has (\d+) different places/, () => say("refused.fewPlaces")],
  [/no street is called '(.*?)'/, ([name]) => say("refused.unnamed", { name })],
  [/(\S.*?) and (.*?) do not meet/, ([a, b]) => say("refused.apart", { a: a.replace(/^crossings: /, ""), b })],
  [/made (?:closure )?([A-Z]\S*) already/, ([id]) => say("refused.sentBefore", { id })],
  [/(K-\d+) was lifted/, ([id]) => say("refused.lifted", { id })],
  [/cannot drive to work order (\S+): closed/, ([id]) => say("refused.closedWay", { id })],
])(mainbreak));

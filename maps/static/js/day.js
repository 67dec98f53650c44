/* A planned day from disk: its tables are in the page. */
"use strict";

mainbreak.startWords(mainbreak.data("day").language);
mainbreak.startTheme();
mainbreak.startBar();
mainbreak.begin();
mainbreak.startKeys();
document.documentElement.dataset.ready = "";

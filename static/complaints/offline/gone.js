// A report that was withdrawn is not in this phone's list of what has arrived any more.

import { tell } from "./outbox.js";
import { all, change } from "./store.js";

const { gone } = document.querySelector("[data-gone]").dataset;

for (const row of await all()) if (row.number === Number(gone)) await change(row.key, () => null);
tell();

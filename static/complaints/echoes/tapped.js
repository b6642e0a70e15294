// What was tapped here today cannot be tapped again, and nobody agrees with an own report; the page is everybody's and
// does not know.

import { all } from "../offline/store.js";

const DAY = 86_400_000;

const mine = document.querySelector("[data-own]");

for (const { address, tap, at, number, receipt } of await all()) {
  if (receipt && number === Number(mine.dataset.own)) {
    document.querySelector("[value=me-too]").hidden = true;
    mine.hidden = false;
    mine.querySelector("a").href = receipt;
  }
  const button = tap && at > Date.now() - DAY && document.querySelector(`[action="${address}"] [value="${tap}"]`);
  if (button) button.disabled = true;
}

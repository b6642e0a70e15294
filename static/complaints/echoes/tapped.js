// What was tapped here today cannot be tapped again; the page is everybody's and does not know.

import { all } from "../offline/store.js";

const DAY = 86_400_000;

for (const { address, tap, at } of await all()) {
  const button = tap && at > Date.now() - DAY && document.querySelector(`[action="${address}"] [value="${tap}"]`);
  if (button) button.disabled = true;
}

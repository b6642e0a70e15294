// Kept reports that the server let wait: released in the background as their receipts would do it.

import { tell } from "../offline/outbox.js";
import { change } from "../offline/store.js";
import { release } from "./proof.js";

const seen = new Set();

// Once for each row and page; where it goes on waiting although the server answered, only its receipt can help.
export async function clear({ key, receipt }) {
  if (seen.has(key)) return;
  seen.add(key);
  await release(receipt);
  await change(key, (row) => ({ ...row, waiting: false }));
  tell();
}

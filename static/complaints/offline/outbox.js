// Sends what is kept, exactly once: the row's key is the report's `submission`, so a lost answer is asked for again.
// A row: key, kind, address, fields ([name, value] pairs), title, at (when it was filed here), fixed (its time was typed),
// state (kept, sending, filed, refused, ask), tries, tried, next; once filed: number, receipt, happened_at, received_at;
// while the page asks "Is it this?": like (reports nearby); in an echo that was to be a report: report (what it was).

import { all, alone, change, put } from "./store.js";

const TOKEN = "/melden/marke.json";
const [FIRST, GROWTH, LONGEST] = [5_000, 3, 1_800_000];
const BREATH = 1_000;
const [TOKEN_WAIT, WAIT, YOUNG, SKEW, REMEMBERED] = [15_000, 25_000, 7_200_000, 120_000, 30 * 86_400_000];
const HOLD = 120_000;
const FINAL = [400, 404, 410, 413, 422];

let fresh;
export const changes = new EventTarget();
const channel = globalThis.BroadcastChannel && new BroadcastChannel("outbox");
const heard = () => changes.dispatchEvent(new Event("change"));
if (channel) channel.onmessage = heard;

export function tell() {
  heard();
  channel?.postMessage("");
}

export const isOpen = ({ state }) => state === "kept" || state === "sending";

// A row that is held is sent by nobody but the page that holds it; the hold ends by itself where that page is gone.
export const held = () => ({ next: Date.now() + HOLD, tried: Date.now() + HOLD });
export const free = { next: 0, tried: 0, like: undefined };

// 2026-11-23T14:02:05+01:00
export function isoTime(moment) {
  const minutes = -new Date(moment).getTimezoneOffset();
  const two = (value) => String(Math.floor(Math.abs(value))).padStart(2, "0");
  const local = new Date(moment + minutes * 60_000).toISOString().slice(0, 19);
  return `${local}${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

// The form's own token is hours or days old once a report was kept. The answer's date also tells how wrong the phone's
// clock is. Without such an address the report goes without a token; without any answer nothing is sent.
async function freshToken() {
  if (fresh && Math.abs(Date.now() - fresh.got) < YOUNG) return fresh;
  const headers = { Accept: "application/json" };
  const signal = AbortSignal.timeout(TOKEN_WAIT);
  const answer = await fetch(TOKEN, { headers, signal, cache: "no-store", credentials: "omit" });
  const skew = Date.parse(answer.headers.get("Date")) - Date.now() || 0;
  const { token } = answer.ok ? await answer.json().catch(() => ({})) : {};
  fresh = { token, skew: Math.abs(skew) > SKEW ? skew : 0, got: Date.now() };
  return fresh;
}

// The reports that came from here, with their keys: the receipt does not count the same person twice.
async function filedHere() {
  const filed = (await all()).filter(({ receipt }) => receipt);
  return filed.map(({ number, receipt }) => `${number}:${receipt.split("key=")[1]}`).join(" ");
}

async function bodyOf(row, asking) {
  const body = new URLSearchParams(row.fields);
  const young = !row.tries && Math.abs(Date.now() - row.made) < YOUNG;
  const { token, skew } = young ? { token: row.token, skew: 0 } : await freshToken();
  body.set("submission", row.key);
  body.delete("step");
  if (row.kind === "report") body.set("own", await filedHere());
  if (asking) body.set("step", "ask");
  if (token) body.set("token", token);
  if (!row.fixed) body.set("happened_at", isoTime(Math.min(row.at, Date.now()) + skew));
  return body;
}

// What becomes of a row. Anything that does not look like the site's own answer (a log-in page of a train's Wi-Fi, a
// gateway's error) counts as no network. An echo that is refused becomes the report again that it was to be.
async function outcome(row, asking) {
  const headers = { Accept: "application/json" };
  const options = { headers, credentials: "omit", redirect: "error", signal: AbortSignal.timeout(WAIT) };
  const answer = await fetch(row.address, { ...options, method: "POST", body: await bodyOf(row, asking) });
  const said = await answer.json().catch(() => null);
  const pause = 1000 * answer.headers.get("Retry-After") || 0;
  if (answer.ok && said) return { ...said, state: "filed", fields: [], token: "", errors: [], report: undefined };
  if (said?.like?.length && asking) return { state: "kept", ...held(), like: said.like };
  if (said && (said.question || said.challenge)) return { state: "ask" };
  if (FINAL.includes(answer.status) && row.report) return { state: "kept", ...free, ...row.report, report: undefined };
  if (FINAL.includes(answer.status)) return { state: "refused", errors: Object.values(said?.errors ?? {}).flat() };
  return { state: "kept", pause };
}

function pauseAfter(tries) {
  return Math.min(LONGEST, FIRST * GROWTH ** tries) * (0.8 + 0.4 * Math.random());
}

// Gives whether the line works.
async function send({ key }, asking) {
  let row;
  await change(key, (found) => (row = isOpen(found) ? { ...found, state: "sending", tried: Date.now() } : undefined));
  if (!row) return true;
  tell();
  const result = await outcome(row, asking && !row.tries).catch(() => ({ state: "kept" }));
  const { pause = 0, ...fields } = result;
  const lost = fields.state === "kept" && fields.next === undefined;
  const next = Date.now() + Math.max(pauseAfter(row.tries), Math.min(pause, LONGEST));
  const later = { ...row, ...fields, ...(lost && { next, tries: row.tries + 1 }) };
  if (later.state === "filed") await put({ ...later, filed: Date.now() });
  else await change(key, () => later);
  tell();
  return !lost;
}

// Clocks of phones jump: a pause that is longer than the longest one is over.
function isDue(row, urgent) {
  const next = urgent ? Math.min(row.next, row.tried + BREATH) : row.next;
  return isOpen(row) && (next <= Date.now() || next - Date.now() > 2 * LONGEST);
}

// Sends the rows whose pause is over; `urgent`, when the network seems to be back: all. Passes the hold of the row `asking`,
// which the server may answer by a question, once. Gives the number of rows still kept.
export async function flush(urgent = false, asking) {
  await alone(async (renew) => {
    const seen = new Set();
    const isNext = (row) => !seen.has(row.kind + row.key) && (isDue(row, urgent) || (isOpen(row) && row.key === asking));
    for (;;) {
      const row = (await all()).filter(isNext).sort((a, b) => a.at - b.at)[0];
      if (!row || !(await renew())) return;
      seen.add(row.kind + row.key);
      if (!(await send(row, row.key === asking))) return; // the others would fare the same
    }
  });
  if (asking) await change(asking, (row) => (row.state === "kept" && !row.tries && !row.like ? { ...row, ...free } : undefined));
  for (const row of await all()) if (row.filed < Date.now() - REMEMBERED) await change(row.key, () => null);
  return (await all()).filter(isOpen).length;
}

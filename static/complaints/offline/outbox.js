// Sends what is kept, exactly once: the row's key is the report's `submission`, so a lost answer is asked for again.
// A row: key, kind, address, fields ([name, value] pairs), title, at (when it was filed here), fixed (its time was typed),
// state (kept, sending, filed, refused, ask), tries, tried, next; once filed: number, receipt, happened_at, received_at.

import { all, alone, change, put } from "./store.js";

const TOKEN = "/melden/marke.json";
const [FIRST, GROWTH, LONGEST] = [5_000, 3, 1_800_000];
const BREATH = 1_000;
const [TOKEN_WAIT, WAIT, YOUNG, SKEW, REMEMBERED] = [15_000, 25_000, 7_200_000, 120_000, 30 * 86_400_000];
const FINAL = [400, 404, 410, 413, 422];

let held;
export const changes = new EventTarget();
const channel = globalThis.BroadcastChannel && new BroadcastChannel("outbox");
const heard = () => changes.dispatchEvent(new Event("change"));
if (channel) channel.onmessage = heard;

export function tell() {
  heard();
  channel?.postMessage("");
}

export const isOpen = ({ state }) => state === "kept" || state === "sending";

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
  if (held && Math.abs(Date.now() - held.got) < YOUNG) return held;
  const headers = { Accept: "application/json" };
  const signal = AbortSignal.timeout(TOKEN_WAIT);
  const answer = await fetch(TOKEN, { headers, signal, cache: "no-store", credentials: "omit" });
  const skew = Date.parse(answer.headers.get("Date")) - Date.now() || 0;
  const { token } = answer.ok ? await answer.json().catch(() => ({})) : {};
  held = { token, skew: Math.abs(skew) > SKEW ? skew : 0, got: Date.now() };
  return held;
}

async function bodyOf(row) {
  const body = new URLSearchParams(row.fields);
  const young = !row.tries && Math.abs(Date.now() - row.made) < YOUNG;
  const { token, skew } = young ? { token: row.token, skew: 0 } : await freshToken();
  body.set("submission", row.key);
  if (token) body.set("token", token);
  if (!row.fixed) body.set("happened_at", isoTime(Math.min(row.at, Date.now()) + skew));
  return body;
}

// What becomes of a row. Anything that does not look like the site's own answer (a log-in page of a train's Wi-Fi, a
// gateway's error) counts as no network.
async function outcome(row) {
  const headers = { Accept: "application/json" };
  const options = { headers, credentials: "omit", redirect: "error", signal: AbortSignal.timeout(WAIT) };
  const answer = await fetch(row.address, { ...options, method: "POST", body: await bodyOf(row) });
  const said = await answer.json().catch(() => null);
  const pause = 1000 * answer.headers.get("Retry-After") || 0;
  if (answer.ok && said) return { ...said, state: "filed", fields: [], token: "", errors: [] };
  if (said && (said.question || said.challenge)) return { state: "ask" };
  if (FINAL.includes(answer.status)) return { state: "refused", errors: Object.values(said?.errors ?? {}).flat() };
  return { state: "kept", pause };
}

function pauseAfter(tries) {
  return Math.min(LONGEST, FIRST * GROWTH ** tries) * (0.8 + 0.4 * Math.random());
}

async function send({ key }) {
  let row;
  await change(key, (found) => (row = isOpen(found) ? { ...found, state: "sending", tried: Date.now() } : undefined));
  if (!row) return true;
  tell();
  const result = await outcome(row).catch(() => ({ state: "kept" }));
  const { pause = 0, ...fields } = result;
  const next = Date.now() + Math.max(pauseAfter(row.tries), Math.min(pause, LONGEST));
  const later = { ...row, ...fields, ...(fields.state === "kept" && { next, tries: row.tries + 1 }) };
  if (later.state === "filed") await put({ ...later, filed: Date.now() });
  else await change(key, () => later);
  tell();
  return later.state !== "kept";
}

// Clocks of phones jump: a pause that is longer than the longest one is over.
function isDue(row, urgent) {
  const next = urgent ? Math.min(row.next, row.tried + BREATH) : row.next;
  return isOpen(row) && (next <= Date.now() || next - Date.now() > 2 * LONGEST);
}

// Sends the rows whose pause is over; `urgent`, when the network seems to be back: all. Gives the number of rows still kept.
export async function flush(urgent = false) {
  await alone(async (renew) => {
    const seen = new Set();
    for (;;) {
      const row = (await all()).filter((one) => !seen.has(one.key) && isDue(one, urgent)).sort((a, b) => a.at - b.at)[0];
      if (!row || !(await renew())) return;
      seen.add(row.key);
      if (!(await send(row))) return; // the others would fare the same
    }
  });
  for (const row of await all()) if (row.filed < Date.now() - REMEMBERED) await change(row.key, () => null);
  return (await all()).filter(isOpen).length;
}

// Reports and echoes go into the outbox first, then on their way; shows what is kept. Without IndexedDB nothing changes.

import { changes, flush, held, isoTime, isOpen, tell } from "./outbox.js";
import { complain, missing, progress } from "../reports/check.js";
import { recall } from "../reports/memory.js";
import { hold, question } from "./question.js";
import { all, change, get, open, put } from "./store.js";

const WORKER = "/sw.js";
const RECENT = 86_400_000;
const EDITING = 600_000;
const MARK = "#aufgehoben=";
const DRAFT = "einzelfall-entwurf";
const LANGUAGE = document.documentElement.lang.replace("en", "en-GB");
const box = document.querySelector("[data-outbox]");
const form = document.querySelector("form.report-form");
const asking = document.querySelector("[data-question]");
const begun = document.querySelector("[data-begun]");
const lines = new Map();
const states = new Map();
let timer;
let saving;
let asked; // the key of the report that waits for an answer to "Is it this?"

const newKey = () => crypto.randomUUID();
const keyOf = () => form.elements.submission.value;
const isHeld = ({ state, tried, like }) => state === "kept" && !like && tried > Date.now(); // open in the form
const reportOf = (row) => row.address.replace("echo/", "");
const part = (line, name) => line.querySelector(`[data-${name}]`);

function say(text) {
  box.querySelector("[data-said]").textContent = text;
}

function write(place, moment) {
  place.textContent = new Date(moment).toLocaleString(LANGUAGE, { dateStyle: "medium", timeStyle: "short" });
}

function lineOf(row) {
  if (lines.has(row.key)) return lines.get(row.key);
  const line = box.querySelector("template").content.firstElementChild.cloneNode(true);
  part(line, "edit").href = box.dataset.form + MARK + row.key;
  part(line, "drop").addEventListener("click", async () => {
    if (!confirm(states.get(row.key) === "filed" ? box.dataset.forget : box.dataset.drop)) return;
    await change(row.key, (found) => (found.state === "sending" ? undefined : null));
    tell();
    box.querySelector("h2").focus();
  });
  lines.set(row.key, line);
  return line;
}

function draw(row) {
  const line = lineOf(row);
  const state = isHeld(row) ? "open" : row.state;
  for (const shown of line.querySelectorAll("[data-state]")) shown.hidden = shown.dataset.state !== state;
  part(line, "title").textContent = row.title;
  write(part(line, "when"), row.at);
  part(line, "arrived").hidden = !row.tries || !row.filed;
  write(part(line, "arrival"), row.filed ?? row.at);
  part(line, "errors").textContent = row.errors?.join(" ") ?? "";
  part(line, "errors").hidden = !row.errors?.length;
  part(line, "edit").hidden = row.kind !== "report" || row.state === "sending" || row.state === "filed";
  part(line, "drop").hidden = row.state === "sending";
  if (row.state === "filed") part(line, "drop").textContent = part(line, "drop").dataset.filed;
  for (const link of line.querySelectorAll("[data-receipt]")) {
    link.href = row.receipt ?? row.thanks ?? reportOf(row);
    if (row.receipt) link.textContent = link.dataset.number.replace("{n}", row.number.toLocaleString(LANGUAGE));
  }
  if (row.waiting) import("../moderation/waiting.js").then(({ clear }) => clear(row)).catch(() => {});
  const old = states.get(row.key);
  states.set(row.key, row.state);
  if (old !== undefined && old !== row.state) say(line.querySelector("[data-state]:not([hidden])").textContent.trim());
  return line;
}

// The form shows what waits and what got through lately, the page of kept reports all of it.
async function show() {
  const now = Date.now();
  const wanted = (row) => isOpen(row) || row.state !== "filed" || (row.tries && row.filed > now - RECENT);
  const here = ({ key, state }) => form && key === keyOf() && (state === "refused" || state === "ask");
  const rows = (await all()).filter((row) => (box.dataset.all === "" || wanted(row)) && !here(row) && row.key !== asked);
  rows.sort((a, b) => b.at - a.at);
  box.querySelector("[data-rows]").replaceChildren(...rows.map(draw));
  box.hidden = !rows.length && box.dataset.all === undefined;
  for (const empty of box.querySelectorAll("[data-empty]")) empty.hidden = rows.length > 0;
  for (const button of box.querySelectorAll("[data-send]")) button.hidden = !rows.some((row) => isOpen(row) && !isHeld(row));
}

async function sendNow(urgent, key) {
  clearTimeout(timer);
  if (asked) await hold(asked);
  await flush(urgent, key).catch(() => {});
  const next = (await all()).filter(isOpen).map((row) => row.next - Date.now());
  if (next.length) timer = setTimeout(() => sendNow(), Math.max(1000, Math.min(...next, 1_800_000)));
}

// The browser's own waiting list sends even after all tabs are closed.
async function askWorker() {
  const registration = await navigator.serviceWorker?.ready;
  await registration?.sync?.register("outbox");
}

function titleOf(pairs) {
  const [carrier, problem] = ["carrier", "problems"].map((name) => form.querySelector(`[name=${name}]:checked`)?.closest("label").textContent.trim());
  const { place, lat, lon } = Object.fromEntries(pairs);
  return [carrier, place || `${lat}, ${lon}`, problem].filter(Boolean).join(" · ");
}

function rowOf(pairs, fields) {
  const row = { at: Date.now(), state: "kept", tries: 0, tried: 0, next: 0, made: 1000 * box.dataset.made, ...fields };
  const value = (name) => pairs.find(([key]) => key === name)?.[1];
  row.token = value("token");
  row.fixed = Boolean(value("happened_at"));
  row.fields = pairs.filter(([name, text]) => typeof text === "string" && !["submission", "token"].includes(name));
  return row;
}

// What is typed stays with this tab until it is sent, also after a look at other pages.
function remember() {
  const pairs = [...new FormData(form)].filter(([name]) => name !== "submission" && name !== "token");
  sessionStorage.setItem(DRAFT, JSON.stringify({ key: keyOf(), pairs }));
}

function empty() {
  form.elements.place.dispatchEvent(new Event("input", { bubbles: true })); // the map's pin goes too
  for (const input of form.querySelectorAll("input:not([type=hidden]), textarea")) {
    if (input.type === "checkbox" || input.type === "radio") input.checked = false;
    else input.value = "";
  }
  form.elements.submission.value = newKey();
  clearTimeout(saving);
  sessionStorage.removeItem(DRAFT);
  begun.hidden = true;
}

// The server says field by field what is wrong; what was typed is still there.
function ask() {
  sessionStorage.removeItem(DRAFT);
  HTMLFormElement.prototype.submit.call(form);
}

async function file(event) {
  const pairs = [...new FormData(form, event.submitter)];
  event.preventDefault();
  if (complain(form, missing(form))) return;
  const button = event.submitter;
  if (button?.getAttribute("aria-busy")) return;
  button?.setAttribute("aria-busy", "true");
  const done = progress(form);
  begun.hidden = true;
  const key = keyOf() || newKey();
  const address = new URL(form.action).pathname;
  const may = asking && navigator.onLine; // ask "Is it this?"
  try {
    await put(rowOf(pairs, { key, kind: "report", address, title: titleOf(pairs), ...(may && held()) }));
  } catch {
    ask();
    return;
  }
  askWorker().catch(() => {});
  await sendNow(true, may && key);
  await answer(key);
  button?.removeAttribute("aria-busy");
  done();
  const row = await get(key);
  if (row?.state === "filed") leave(row);
  else if (row && !isOpen(row)) ask();
  else {
    empty();
    recall(form);
    await show();
    box.querySelector("h2").focus();
  }
}

// Asks where the server found reports like this one; what was answered goes on its way.
async function answer(key) {
  const row = await get(key);
  if (!row?.like) return;
  asked = key;
  await show();
  await question(asking, form, row);
  asked = undefined;
  askWorker().catch(() => {});
  await sendNow(true);
}

// What differs only by its hash would not be loaded again.
function leave({ receipt, thanks }) {
  const there = new URL(receipt ?? thanks, location.href);
  const same = there.pathname === location.pathname && there.search === location.search;
  location.assign(there);
  if (same) location.reload();
}

async function echo(event) {
  const one = event.target;
  if (!one.dataset.echo) return;
  event.preventDefault();
  const pairs = [...new FormData(one, event.submitter)];
  const key = newKey();
  const address = new URL(one.action).pathname;
  await put(rowOf(pairs, { key, kind: "echo", address, title: one.dataset.echo, tap: event.submitter?.value }));
  askWorker().catch(() => {});
  await sendNow(true);
  const row = await get(key);
  if (row?.state === "filed") leave(row);
  else box.scrollIntoView({ block: "nearest" });
}

function fill(pairs) {
  for (const [name, value] of pairs) {
    for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type=hidden])`)) {
      if (input.type === "checkbox" || input.type === "radio") input.checked ||= input.value === value;
      else input.value = value;
    }
  }
  const said = (input) => (input.type === "checkbox" || input.type === "radio" ? input.checked : input.value);
  for (const fold of form.querySelectorAll("details")) fold.open ||= [...fold.querySelectorAll("input, textarea")].some(said);
}

// Puts a kept report, or what was typed here before, back into the form; a kept one is not sent meanwhile.
async function edit() {
  const asks = location.hash.startsWith(MARK) && location.hash.slice(MARK.length);
  const draft = JSON.parse(sessionStorage.getItem(DRAFT) ?? "null");
  const begunHere = !asks || draft?.key === asks;
  const { key, pairs } = begunHere ? (draft ?? {}) : { key: asks };
  history.replaceState(null, "", location.pathname + location.search);
  if (asks && (asks === keyOf() || (draft && !begunHere && !confirm(box.dataset.over)))) return form.scrollIntoView();
  const row = key && (await get(key));
  if (!asks && row?.state === "filed") return empty();
  if (!key || (row ? row.state === "filed" || row.state === "sending" : asks)) return undefined;
  const later = Date.now() + EDITING;
  await change(key, (found) => (found.state === "kept" ? { ...found, next: later, tried: later } : undefined));
  empty();
  form.elements.submission.value = key;
  fill(pairs ?? row.fields);
  if (row) form.elements.happened_at.value ||= isoTime(row.at).slice(0, 16);
  remember();
  begun.hidden = Boolean(row);
  show();
  if (asks) form.querySelector("input:not([type=hidden])").focus();
  return undefined;
}

// What a link fills in, also where the form comes from this phone, and what another app shared: words go into the text,
// a position into the point.
function takeQuery() {
  const query = new URLSearchParams(location.search);
  const words = ["title", "text", "url"].map((name) => query.get(name)).filter(Boolean).join("\n");
  const point = /(?:geo:|@|[?&](?:q|ll|query)=|#map=\d+\/|mlat=)(-?\d+\.\d+)(?:,|\/|%2C|&mlon=)(-?\d+\.\d+)/i.exec(words);
  const pairs = [...query].filter(([name]) => name !== "app" && name !== "text");
  if (words) pairs.push(["text", words]);
  if (point && !query.has("lat")) pairs.push(["lat", (+point[1]).toFixed(3)], ["lon", (+point[2]).toFixed(3)]);
  if (pairs.length) fill(pairs);
}

async function start() {
  if (!("timeout" in AbortSignal) || !crypto.randomUUID) return;
  await open();
  if (form && box.dataset.form) {
    if (!form.querySelector("[data-wrong]:not([hidden])")) form.elements.submission.value = newKey();
    form.addEventListener("submit", file);
    // Radios of one name are one stop for the Tab key, which would pass the brands by.
    const brands = form.querySelector("#id_carrier details");
    brands?.addEventListener("toggle", () => {
      const byKey = brands.open && document.activeElement === brands.querySelector("summary");
      if (byKey && !form.querySelector("[name=carrier]:checked")) brands.querySelector("input").focus();
    });
    addEventListener("hashchange", edit);
    addEventListener("pageshow", ({ persisted }) => persisted && edit());
    begun.querySelector("button").addEventListener("click", () => {
      empty();
      form.querySelector("input:not([type=hidden])").focus();
    });
    form.addEventListener("change", remember);
    form.addEventListener("input", () => {
      clearTimeout(saving);
      saving = setTimeout(remember, 500);
    });
    await edit();
    takeQuery();
    recall(form);
  }
  document.addEventListener("submit", echo);
  if (document.querySelector("[data-echo]")) import("../echoes/tapped.js").catch(() => {});
  for (const button of box.querySelectorAll("[data-send]")) button.addEventListener("click", () => sendNow(true));
  changes.addEventListener("change", show);
  addEventListener("online", () => sendNow(true));
  document.addEventListener("visibilitychange", () => document.hidden || sendNow(true));
  await show();
  box.dataset.ready = "";
  navigator.serviceWorker?.register(WORKER).catch(() => {});
  sendNow(true);
}

if (box) start().catch(() => {});

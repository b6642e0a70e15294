// "Is it this?": shows the reports that are like the one that waits; meanwhile nobody else sends it.

import { free, held, isOpen } from "./outbox.js";
import { change, get } from "./store.js";

const RENEWAL = 25_000;

// Keeps the row where it is; false once it is gone, sent or being sent.
export async function hold(key) {
  let mine = false;
  await change(key, (row) => {
    mine = row.state === "kept" && Boolean(row.like);
    const { next, tried } = held();
    return mine ? { ...row, next: Math.max(row.next, next), tried: Math.max(row.tried, tried) } : undefined;
  });
  return mine;
}

// In one step, so that nobody sends it half changed: the report becomes an echo of `one` with the same key, or, without
// `one`, goes as it is. The report stays inside of its echo, should that be refused.
export function settle(key, one, title) {
  return change(key, (row) => {
    if (row.state !== "kept" || row.kind !== "report") return undefined;
    if (!one) return { ...row, ...free };
    const { kind, address, fields } = row;
    const told = fields.filter(([name, value]) => (name === "carrier" || name === "happened_at") && value);
    const report = { kind, address, fields, title: row.title };
    return { ...row, ...free, kind: "echo", address: one.echo, fields: [["kind", "me-too"], ...told], title, report };
  });
}

function choice(template, one) {
  const line = template.content.firstElementChild.cloneNode(true);
  const part = (name) => line.querySelector(`[data-${name}]`);
  part("number").textContent = part("number").textContent.replace("{n}", one.number.toLocaleString(document.documentElement.lang));
  part("number").href = one.address;
  part("what").textContent = one.problems.join(", ");
  part("place").textContent = one.place;
  part("demo").hidden = !one.demo;
  part("when").textContent = one.when;
  part("yes").setAttribute("aria-label", `${part("yes").textContent.trim()} (${part("number").textContent})`);
  return line;
}

// Shows the question instead of the form until it is answered or the row went out (to another tab, after a long sleep);
// resolves then.
export function question(section, form, row) {
  return new Promise((resolve) => {
    const over = async (one, title) => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", renew);
      await settle(row.key, one, title);
      section.hidden = true;
      form.hidden = false;
      resolve();
    };
    const renew = async () => (await hold(row.key)) || isOpen((await get(row.key)) ?? {}) || over();
    const timer = setInterval(renew, RENEWAL);
    document.addEventListener("visibilitychange", renew);
    const lines = row.like.map((one) => {
      const line = choice(section.querySelector("template"), one);
      const yes = line.querySelector("[data-yes]");
      yes.addEventListener("click", () => over(one, yes.dataset.title.replace("{n}", one.number).replace("{place}", one.place)));
      return line;
    });
    section.querySelector("[data-choices]").replaceChildren(...lines);
    section.querySelector("[data-no]").onclick = () => over();
    form.hidden = true;
    section.hidden = false;
    section.querySelector("h2").focus();
  });
}

// Lets a report that waits through by a small calculation in the background. Where anything fails the question stays.

const [PATIENCE, WAIT] = [60_000, 25_000];

async function solved(challenge, script) {
  const worker = new Worker(script);
  const answer = new Promise((resolve, reject) => {
    worker.onerror = reject;
    worker.onmessage = ({ data }) => (data?.derivedKey ? resolve(data) : reject(data?.error));
  });
  worker.postMessage({ type: "work", challenge, counterStart: 0, counterStep: 1, timeout: PATIENCE });
  return answer.finally(() => worker.terminate());
}

async function page(address, options) {
  const answer = await fetch(address, { ...options, credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(WAIT) });
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function prove(form) {
  const challenge = JSON.parse(form.dataset.challenge);
  const solution = await solved(challenge, form.dataset.worker);
  const body = new URLSearchParams({ proof: btoa(JSON.stringify({ challenge, solution })) });
  return page(form.action, { method: "POST", body });
}

const work = (place) => place.querySelector("form[data-challenge]");
const waits = (place) => Boolean(place.querySelector("[data-waiting]"));

// Does the work of a report where its receipt offers any.
export async function release(receipt) {
  const form = work(await page(receipt));
  if (form) await prove(form);
}

async function start(form) {
  const place = form.querySelector("[role=status]");
  place.textContent = place.dataset.working;
  const left = await prove(form).then(waits, () => true);
  if (left) place.textContent = place.dataset.failed;
  else location.reload();
}

if (work(document)) start(work(document));

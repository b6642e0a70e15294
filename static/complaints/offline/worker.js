// The service worker. The view puts SITE (release, static, shells, assets, kept, receipts), store.js and outbox.js before it.
// Kept: the shells and their assets of this release, and the one receipt of one's own that was seen last. Nothing else.

const RELEASE = `einzelfall-${SITE.release}`;
const RECEIPT = "einzelfall-receipt";
const PATIENCE = 4_000;
const own = new RegExp(SITE.receipts);

async function keep(cache, address, mode) {
  const answer = await fetch(address, { credentials: "omit", cache: mode });
  if (!answer.ok || answer.redirected) throw new Error(address);
  await cache.put(address, answer);
}

async function install() {
  const cache = await caches.open(RELEASE);
  const shells = SITE.shells.map((address) => keep(cache, address, "no-cache"));
  await Promise.all([...shells, ...SITE.assets.map((address) => keep(cache, address, "default"))]);
  await self.skipWaiting();
}

// What is kept to be sent lies in IndexedDB and outlives every release.
async function activate() {
  const old = (await caches.keys()).filter((name) => name !== RELEASE && name !== RECEIPT);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function asset(request) {
  const cache = await caches.open(RELEASE);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok && /\.woff2?$/.test(new URL(request.url).pathname)) await cache.put(request, answer.clone());
  return answer;
}

async function keepReceipt(address, answer) {
  const cache = await caches.open(RECEIPT);
  for (const key of await cache.keys()) await cache.delete(key);
  await cache.put(address, answer);
}

const tooLate = () => new Promise((_, reject) => setTimeout(reject, PATIENCE));

async function page(event, { pathname, searchParams }) {
  const path = pathname.replace(/^\/leicht/, "");
  const shell = SITE.shells.includes(path);
  const receipt = own.test(path);
  try {
    const answer = await (shell ? Promise.race([fetch(event.request), tooLate()]) : fetch(event.request));
    if (shell && answer.status >= 500) throw new Error("use what is kept");
    if (receipt && searchParams.has("key") && answer.ok) event.waitUntil(keepReceipt(pathname, answer.clone()));
    event.waitUntil(flush(true).catch(() => {})); // a page came through, so kept reports will
    return answer;
  } catch {
    const kept = SITE.kept[path.startsWith("/en/") ? "en" : "de"];
    const seen = receipt && (await (await caches.open(RECEIPT)).match(pathname)); // the page takes the key out of its address
    return seen || (await (await caches.open(RELEASE)).match(shell ? path : kept)) || Response.error();
  }
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/intern/")) return;
  if (url.pathname.startsWith(SITE.static)) event.respondWith(asset(event.request));
  else if (event.request.mode === "navigate") event.respondWith(page(event, url));
});
addEventListener("sync", (event) => {
  const sent = async () => {
    if (await flush(true)) throw new Error("still kept"); // so the browser tries again
  };
  event.waitUntil(sent());
});

// What this device remembers for the next report, only if asked to: carrier, device, system. Never anything else.

const NAME = "einzelfall-vorgaben";
const FIELDS = ["carrier", "device", "system"];

export function read() {
  try {
    return JSON.parse(localStorage.getItem(NAME));
  } catch {
    return null;
  }
}

export function keep(known) {
  localStorage.setItem(NAME, JSON.stringify(Object.fromEntries(FIELDS.map((name) => [name, known[name]]))));
}

export function forget() {
  localStorage.removeItem(NAME);
}

// A brand lies behind a fold; the remembered one comes to the front.
function choose(form, slug) {
  const radio = form.querySelector(`[name=carrier][value="${CSS.escape(slug)}"]`);
  if (!radio || form.querySelector("[name=carrier]:checked")) return "";
  const tile = radio.closest("label");
  if (tile.closest("details")) form.querySelector("#id_carrier .tiles").prepend(tile);
  radio.checked = true;
  return tile.textContent.trim();
}

function type(form, name, text) {
  const input = form.elements[name];
  if (!text || input.value) return "";
  input.value = text;
  return text;
}

// Fills in what is remembered where nothing else is said, and says so beside a button that forgets it.
export function recall(form) {
  const known = read();
  const place = form.querySelector("[data-memory]");
  if (!known || !place) return;
  const said = [choose(form, String(known.carrier)), type(form, "device", known.device), type(form, "system", known.system)];
  place.querySelector("[data-known]").textContent = said.filter(Boolean).join(", ");
  place.hidden = !said.some(Boolean);
  place.querySelector("button").onclick = () => {
    forget();
    place.hidden = true;
    for (const radio of form.querySelectorAll("[name=carrier]:checked")) radio.checked = false;
    for (const name of ["device", "system"]) form.elements[name].value = "";
    form.querySelector("[name=carrier]").focus();
  };
}

// Says in place what is missing before anything is sent, as the server would, and how the sending goes.

const PATIENCE = 5_000;
const OWN = "data-missing";

// The steps of the form that have no answer yet.
export function missing(form) {
  const has = (name) => new FormData(form).getAll(name).some((value) => String(value).trim());
  const answered = { id_problems: ["problems"], id_where: ["place", "lat"], id_carrier: ["carrier"] };
  const open = (id) => !answered[id].some(has) || (id === "id_where" && !has("lat") && isAmbiguous(form));
  return [...form.querySelectorAll("[data-need]")].filter(({ id }) => open(id));
}

// Whether one of several places is still to be chosen.
const isAmbiguous = (form) => form.querySelector("[name=place_choice]") && !form.querySelector("[name=place_choice]:checked");

const need = (form, { id, dataset }) =>
  id === "id_where" && isAmbiguous(form) ? form.querySelector("[data-suggested]").dataset.some : dataset.need;

function mark(step, text) {
  const error = document.createElement("p");
  error.className = "field__error";
  error.id = `${step.id}_missing`;
  error.setAttribute(OWN, "");
  error.textContent = text;
  step.classList.add("field--wrong");
  step.setAttribute("aria-describedby", error.id);
  step.querySelector("legend").after(error);
}

function entry(step, text) {
  const [item, link] = ["li", "a"].map((name) => document.createElement(name));
  link.href = `#${step.id}`;
  link.textContent = text;
  item.append(link);
  return item;
}

// Whether there was something to complain about; then the summary has the focus.
export function complain(form, steps) {
  for (const old of form.querySelectorAll(`[${OWN}]`)) {
    old.closest("[data-need]").classList.remove("field--wrong");
    old.remove();
  }
  const summary = form.querySelector("[data-wrong]");
  const said = steps.map((step) => [step, need(form, step)]);
  for (const [step, text] of said) mark(step, text);
  summary.querySelector("ul").replaceChildren(...said.map(([step, text]) => entry(step, text)));
  summary.hidden = !steps.length;
  if (steps.length) summary.focus();
  return steps.length > 0;
}

// Tells at once that it is on its way, and after some seconds that it may take its time; gives how to end that.
export function progress(form) {
  const place = form.querySelector("[data-progress]");
  const { sending, slow, offline } = place.dataset;
  place.textContent = navigator.onLine ? sending : offline;
  const timer = setTimeout(() => {
    place.textContent = slow;
  }, PATIENCE);
  return () => {
    clearTimeout(timer);
    place.textContent = "";
  };
}

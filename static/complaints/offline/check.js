// Says in place what is missing before anything is sent, as the server would, and how the sending goes.

const PATIENCE = 5_000;
const OWN = "data-missing";

// The steps of the form that have no answer yet.
export function missing(form) {
  const has = (name) => new FormData(form).getAll(name).some((value) => String(value).trim());
  const answered = { id_problems: ["problems"], id_where: ["place", "lat"], id_carrier: ["carrier"] };
  return [...form.querySelectorAll("[data-need]")].filter(({ id }) => !answered[id].some(has));
}

function mark(step) {
  const error = document.createElement("p");
  error.className = "field__error";
  error.id = `${step.id}_missing`;
  error.setAttribute(OWN, "");
  error.textContent = step.dataset.need;
  step.classList.add("field--wrong");
  step.setAttribute("aria-describedby", error.id);
  step.querySelector("legend").after(error);
}

function entry(step) {
  const [item, link] = ["li", "a"].map((name) => document.createElement(name));
  link.href = `#${step.id}`;
  link.textContent = step.dataset.need;
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
  steps.forEach(mark);
  summary.querySelector("ul").replaceChildren(...steps.map(entry));
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

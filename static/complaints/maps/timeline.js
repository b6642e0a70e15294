// The time slider: two handles over the bars; each move asks for the same page with other days.

const DEBOUNCE = 250;

export function makeSlider(root, onChange) {
  const bars = [...root.querySelectorAll("rect")];
  const [low, high] = ["low", "high"].map((name) => root.querySelector(`[data-${name}]`));
  const range = root.querySelector("[data-range]");
  const english = document.documentElement.lang === "en";
  const style = english ? { day: "numeric", month: "short", year: "numeric" } : { day: "2-digit", month: "2-digit", year: "numeric" };
  const format = new Intl.DateTimeFormat(english ? "en-GB" : "de-DE", { ...style, timeZone: "UTC" });
  const words = (day) => format.format(new Date(day));
  let waiting = 0;

  function show() {
    const [first, last] = [Number(low.value), Number(high.value) - 1];
    bars.forEach((bar, n) => bar.classList.toggle("is-shown", n >= first && n <= last));
    range.textContent = range.dataset.range || `${words(bars[first].dataset.first)} – ${words(bars[last].dataset.last)}`;
    const [from, to] = range.textContent.split(" – ");
    low.setAttribute("aria-valuetext", from);
    high.setAttribute("aria-valuetext", to);
    low.style.zIndex = first > bars.length / 2 ? 2 : 1; // so that two handles in one place come apart again
  }

  function moved(event) {
    range.dataset.range = ""; // from here on the bars say where it begins and ends
    if (event.target === low) low.value = Math.min(Number(low.value), Number(high.value) - 1);
    else high.value = Math.max(Number(high.value), Number(low.value) + 1);
    show();
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const [first, last] = [Number(low.value), Number(high.value) - 1];
      onChange(first > 0 ? bars[first].dataset.first : "", last < bars.length - 1 ? bars[last].dataset.last : "");
    }, DEBOUNCE);
  }

  for (const handle of [low, high]) {
    handle.hidden = false;
    handle.addEventListener("input", moved);
  }
  show();
  // Where another control has chosen the days, the slider follows.
  return {
    follow(other) {
      [low.value, high.value] = ["low", "high"].map((name) => other.querySelector(`[data-${name}]`).getAttribute("value"));
      range.dataset.range = other.querySelector("[data-range]").dataset.range;
      show();
    },
  };
}

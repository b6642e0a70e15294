// The map's colours: CSS custom properties of maps.css, read again when the colour scheme changes.

const NAMES = ["sea", "land", "country", "border", "laender", "outline", "label", "halo", "ring", "hatch"];
export const STEPS = 5;

export function colours(element) {
  const style = getComputedStyle(element);
  const found = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--map-${name}`).trim()]));
  found.steps = Array.from({ length: STEPS }, (_, n) => style.getPropertyValue(`--map-step-${n + 1}`).trim());
  found.font = style.getPropertyValue("--font").trim() || "sans-serif";
  return found;
}

export function onSchemeChange(callback) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", callback);
}

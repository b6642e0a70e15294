// "Go" beside the place moves the map there and filters nothing; what is not certain the page itself asks back.
// The other filters leave the map where it is, unless they name another place.

const ZOOMS = { quarter: 13, town: 11, district: 10, postcode: 13 };

async function found(address, text) {
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(text)}`);
    const { places, certain } = await answer.json();
    return certain && places[0].key ? places[0] : null;
  } catch {
    return null;
  }
}

export function makeGo(map) {
  const button = document.querySelector("[data-go]");
  button?.form.addEventListener("submit", async (event) => {
    const { form } = button;
    const { ort } = form.elements;
    const text = ort.value.trim();
    form.action = form.action.split("#")[0] + (ort.value === ort.defaultValue ? location.hash : "");
    if (event.submitter !== button || !text) return;
    event.preventDefault();
    button.setAttribute("aria-busy", "true");
    const place = await found(button.dataset.go, text);
    button.removeAttribute("aria-busy");
    if (place) map.setView([place.lat, place.lon], ZOOMS[place.key.split(",")[2]] ?? ZOOMS.town);
    else form.submit();
  });
}

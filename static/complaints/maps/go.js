// "Go" beside the place moves the map there and filters nothing; what is not certain the page itself asks back.
// The other filters leave the map where it is, unless they name another place.

const ZOOMS = { quarter: 13, town: 11, district: 10, postcode: 13 };

async function found(address, text) {
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(text)}`);
    const { places, certain } = await answer.json();
    return { place: certain && places[0].key ? places[0] : null, unknown: !places.length };
  } catch {
    return {};
  }
}

// The address of this page without the place as a filter, at a view.
function without(hash) {
  const query = new URLSearchParams(location.search);
  query.delete("ort");
  return `${location.pathname}${`${query}` && `?${query}`}${hash}`;
}

export function makeGo(map) {
  const button = document.querySelector("[data-go]");
  if (!button) return;
  const { form } = button;
  const { ort } = form.elements;
  ort.addEventListener("input", () => ort.setCustomValidity(""));
  let gone; // the text that the map went to: it is no filter
  form.addEventListener("submit", async (event) => {
    const text = ort.value.trim();
    if (event.submitter !== button || !text) {
      if (ort.value === gone) ort.value = "";
      form.action = form.action.split("#")[0] + (ort.value === ort.defaultValue ? location.hash : "");
      return;
    }
    event.preventDefault();
    button.setAttribute("aria-busy", "true");
    const { place, unknown } = await found(button.dataset.go, text);
    button.removeAttribute("aria-busy");
    if (unknown) {
      ort.setCustomValidity(button.dataset.unknown);
      ort.reportValidity();
      return;
    }
    const zoom = place && (ZOOMS[place.key.split(",")[2]] ?? ZOOMS.town);
    if (!place) form.submit();
    else if (ort.defaultValue) location.assign(without(`#${zoom}/${place.lat.toFixed(3)}/${place.lon.toFixed(3)}`));
    else map.setView([place.lat, place.lon], zoom);
    gone = ort.value;
  });
}

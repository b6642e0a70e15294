// "Go" beside the place moves the map there and filters nothing; where a name is several places' it offers the others.
// The other filters leave the map where it is, unless they name another place.

const ZOOMS = { quarter: 13, town: 11, district: 10, postcode: 13 };
const MOST = 5;

async function found(address, text) {
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(text)}`);
    const { places, certain } = await answer.json();
    return { places: places.filter(({ key }) => key).slice(0, certain ? 1 : MOST), unknown: !places.length };
  } catch {
    return { places: [] };
  }
}

const zoomOf = ({ key }) => ZOOMS[key.split(",")[2]] ?? ZOOMS.town;
const viewOf = (place) => `#${zoomOf(place)}/${place.lat.toFixed(3)}/${place.lon.toFixed(3)}`;

// The address of this page without the place as a filter, at a view.
function without(hash) {
  const query = new URLSearchParams(location.search);
  query.delete("ort");
  return `${location.pathname}${`${query}` && `?${query}`}${hash}`;
}

class Go {
  constructor(map, button) {
    Object.assign(this, { map, button, form: button.form, ort: button.form.elements.ort });
    this.meant = this.form.querySelector("[data-meant]");
    this.gone = undefined; // the text that the map went to: it is no filter
    this.ort.addEventListener("input", () => this.ort.setCustomValidity(""));
    this.form.addEventListener("submit", (event) => {
      if (event.submitter !== button || !this.ort.value.trim()) return this.keepView();
      event.preventDefault();
      return this.go(this.ort.value.trim());
    });
  }

  keepView() {
    const { form, ort } = this;
    if (ort.value === this.gone) ort.value = "";
    form.action = form.action.split("#")[0] + (ort.value === ort.defaultValue ? location.hash : "");
  }

  async go(text) {
    this.button.setAttribute("aria-busy", "true");
    const { places, unknown } = await found(this.button.dataset.go, text);
    this.button.removeAttribute("aria-busy");
    this.meant.hidden = true;
    if (unknown) {
      this.ort.setCustomValidity(this.button.dataset.unknown);
      this.ort.reportValidity();
    } else if (places.length) this.show(places[0], places);
    else this.form.submit();
  }

  show(place, places) {
    if (this.ort.defaultValue) return location.assign(without(viewOf(place)));
    this.map.setView([place.lat, place.lon], zoomOf(place));
    this.gone = this.ort.value;
    this.meant.hidden = places.length < 2;
    this.meant.querySelector("strong").textContent = place.label;
    const others = places.filter(({ key }) => key !== place.key);
    return this.meant.querySelector("span").replaceChildren(...others.map((other) => this.link(other, places)));
  }

  link(place, places) {
    const link = document.createElement("a");
    Object.assign(link, { href: viewOf(place), className: "tag", textContent: place.label });
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.show(place, places);
      this.ort.focus();
    });
    return link;
  }
}

export function makeGo(map) {
  const button = document.querySelector("[data-go]");
  if (button) new Go(map, button);
}

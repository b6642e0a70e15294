// Offers the places that a typed text may mean, as choices under the field; one that is certain is taken at once.

const [PAUSE, SHORTEST, MOST] = [200, 3, 6];

class Suggestions {
  constructor(list) {
    this.list = list;
    this.input = document.getElementById("id_place");
    this.said = document.querySelector("[data-suggested]");
    this.asked = "";
    this.input.autocomplete = "off";
    this.input.addEventListener("input", () => this.soon());
    document.getElementById("id_lat").addEventListener("change", ({ target }) => target.value && this.show([]));
    list.addEventListener("click", (event) => event.target.name === "place_choice" && this.take(event));
  }

  soon() {
    this.open(true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(this.input.value.trim()), PAUSE);
  }

  // Only the newest question counts; without an answer the server asks after sending.
  async ask(text) {
    this.asked = text;
    if (text.length < SHORTEST) {
      this.show([]);
      return this.open(true);
    }
    try {
      const answer = await fetch(`${this.list.dataset.suggest}?q=${encodeURIComponent(text)}`);
      const { places, certain } = await answer.json();
      if (this.asked === text && answer.ok) this.show(places.filter(({ key }) => key).slice(0, MOST), certain, !places.length);
    } catch {
      if (this.asked === text) this.show([]);
    }
    return undefined;
  }

  // As long as the text names no place for certain, the step does not count as done.
  open(yes) {
    const [step, text] = [this.input.closest("fieldset"), this.input.value.trim()];
    step.toggleAttribute("data-open", yes && text !== "");
    if (!yes && (text || document.getElementById("id_lat").value)) step.classList.remove("field--wrong");
  }

  show(places, certain, unknown) {
    this.open(!certain && (unknown || places.length > 0));
    this.list.replaceChildren(...(certain ? places.slice(0, 1) : places).map((place) => this.tile(place, certain)));
    const { some, none, taken } = this.said.dataset;
    const [one] = places;
    this.said.textContent = unknown ? none : certain ? taken.replace("{place}", one.label) : one ? some : "";
  }

  tile({ key, label }, checked) {
    const [tile, input, text] = ["label", "input", "span"].map((name) => document.createElement(name));
    tile.className = "tile";
    Object.assign(input, { type: "radio", name: "place_choice", value: key, checked });
    text.textContent = label;
    tile.append(input, text);
    return tile;
  }

  // A tap also puts away what was not meant; with the keyboard the others stay within reach of the arrows.
  take({ target, detail }) {
    const tile = target.closest("label");
    this.asked = this.input.value = tile.textContent;
    this.open(false);
    this.said.textContent = this.said.dataset.taken.replace("{place}", tile.textContent);
    if (detail) this.list.replaceChildren(tile);
  }
}

for (const list of document.querySelectorAll("[data-suggest]")) new Suggestions(list);

// Chooses the point of a report: by the phone's position, or on a map that is loaded only when asked for.

const DECIMALS = 3; // about 100 metres; nothing finer leaves the phone

class PointPicker {
  constructor(root) {
    this.root = root;
    this.inputs = Object.fromEntries(["lat", "lon", "place"].map((name) => [name, document.getElementById(root.dataset[name])]));
    this.said = root.querySelector("[data-said]");
    this.stage = root.querySelector("[data-stage]");
    this.map = null;
  }

  start() {
    const { lat, lon, place } = this.inputs;
    if (!lat || !lon || !place) return;
    this.root.classList.add("picker--on");
    const locate = this.root.querySelector("[data-locate]");
    locate.hidden = !navigator.geolocation;
    locate.addEventListener("click", () => this.locate(locate));
    this.root.querySelector("[data-show]").addEventListener("click", (event) => this.toggle(event.currentTarget));
    place.addEventListener("input", () => this.forget());
    for (const input of [lat, lon]) input.addEventListener("change", () => this.showPin());
  }

  point() {
    const [lat, lon] = [this.inputs.lat, this.inputs.lon].map((input) => Number.parseFloat(input.value));
    return Number.isFinite(lat) && Number.isFinite(lon) ? { lat, lon } : null;
  }

  // The place that was found by its name, whose key begins with where it lies; without one the map shows the country.
  around() {
    const chosen = document.querySelector("[name=place_choice]:checked");
    const [lat, lon] = chosen?.value.split(",").map(Number) ?? [];
    return Number.isFinite(lat) && Number.isFinite(lon) ? [lat, lon] : null;
  }

  // Typing another place means that the old point no longer holds.
  forget() {
    if (!this.point()) return;
    this.write("lat", "");
    this.write("lon", "");
    this.said.textContent = "";
  }

  write(name, value) {
    this.inputs[name].value = value;
    this.inputs[name].dispatchEvent(new Event("change", { bubbles: true }));
  }

  showPin() {
    this.map?.show(this.point());
  }

  async choose(lat, lon) {
    const [roundLat, roundLon] = [lat.toFixed(DECIMALS), lon.toFixed(DECIMALS)];
    this.write("lat", roundLat);
    this.write("lon", roundLon);
    this.said.textContent = this.said.dataset.looking;
    try {
      const answer = await fetch(`${this.root.dataset.here}?lat=${roundLat}&lon=${roundLon}`);
      const { label, error } = await answer.json();
      if (label) this.write("place", label);
      this.said.textContent = label ? this.said.dataset.found.replace("{place}", label) : error;
      if (!label) for (const name of ["lat", "lon"]) this.write(name, "");
    } catch {
      this.said.textContent = this.said.dataset.kept;
    }
  }

  locate(button) {
    button.setAttribute("aria-busy", "true");
    this.said.textContent = this.said.dataset.locating;
    this.said.scrollIntoView({ block: "nearest" });
    const done = () => button.removeAttribute("aria-busy");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        done();
        this.choose(coords.latitude, coords.longitude);
      },
      ({ code }) => {
        done();
        this.said.textContent = this.said.dataset[{ 1: "refused", 3: "late" }[code] ?? "unknown"];
      },
      { timeout: 15000, maximumAge: 60000, enableHighAccuracy: false },
    );
  }

  async toggle(button) {
    const open = this.stage.hidden;
    this.stage.hidden = !open;
    if (open) this.stage.scrollIntoView({ block: "nearest" });
    button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    button.setAttribute("aria-busy", "true");
    try {
      this.map ??= await this.load();
      this.map.show(this.point(), this.around());
    } catch {
      this.stage.hidden = true;
      button.setAttribute("aria-expanded", "false");
      this.said.textContent = this.said.dataset.nomap;
    }
    button.removeAttribute("aria-busy");
  }

  async load() {
    const { pickMap } = await import("./pickermap.js");
    return pickMap(this.stage, this.root.dataset, (lat, lon) => this.choose(lat, lon));
  }
}

for (const root of document.querySelectorAll("[data-picker]")) new PointPicker(root).start();

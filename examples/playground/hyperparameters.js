import { createTrainer, list } from "bregman";
import { controlFor } from "./controls.js";
import { element } from "./dom.js";

/**
 * The hyperparameters of one algorithm as a foldable group of fields. `changed` holds what differs from the defaults;
 * these depend on the task (presets), so they are asked of a trainer when the group is first opened.
 */
export class HyperparameterGroup {
  constructor(algorithm, settle) {
    this.algorithm = algorithm;
    this.changed = {};
    this.settle = settle;
    const { name, hyperparameters } = list("algorithms").find(({ id }) => id === algorithm);
    this.entries = hyperparameters;
    this.fields = element("div", { class: "fields" });
    this.count = element("span", { class: "count" });
    const summary = element("summary", {}, element("strong", { textContent: algorithm }), " ", name, " ", this.count);
    this.element = element("details", { class: "group" }, summary, this.fields);
    this.element.addEventListener("toggle", () => { if (this.element.open) this.refresh(); });
  }

  set(values) {
    this.changed = { ...values };
    this.#showCount();
    if (this.element.open) this.refresh();
  }

  /** Draws the fields anew, with the defaults of the task that is chosen now. */
  async refresh() {
    const asked = (this.asked = Symbol());
    const defaults = await this.settle(this.algorithm).catch(() => ({}));
    if (asked !== this.asked) return;
    this.fields.replaceChildren(...this.entries.map((entry) => {
      const fallback = defaults[entry.name] ?? entry.default;
      return this.#field({ ...entry, default: fallback });
    }), element("button", {
      type: "button", class: "quiet", textContent: "Back to the defaults", onclick: () => this.set({}),
    }));
  }

  #field(entry) {
    const { name, meaning, minimum, maximum } = entry;
    const id = `${this.algorithm}-${name}`;
    const least = minimum === undefined ? "" : `, from ${minimum}`;
    const range = maximum === undefined ? least : `${least} to ${maximum}`;
    const about = element("p", { id: `${id}-about`, class: "about" },
      `${meaning}. Default ${describe(entry.default)}${range}.`);
    const label = element("label", { for: id, textContent: name });
    const take = (value) => {
      if (value === undefined || sameValue(value, entry.default)) delete this.changed[name];
      else this.changed[name] = value;
      this.#showCount();
      this.element.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const control = this.#control(entry, take);
    const first = control.matches("input, select") ? control : control.querySelector("input, select");
    first.id = id;
    first.setAttribute("aria-describedby", about.id);
    return element("div", { class: "field" }, label, control, about);
  }

  /** A link may bring a value that no control can show: training then says what is wrong with it. */
  #control(entry, take) {
    try {
      return controlFor(entry, this.changed[entry.name] ?? entry.default, take);
    } catch {
      return controlFor(entry, entry.default, take);
    }
  }

  #showCount() {
    const count = Object.keys(this.changed).length;
    this.count.textContent = count === 0 ? "" : `${count} changed`;
  }
}

const sameValue = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function describe(value) {
  if (typeof value !== "object") return String(value);
  if (Object.hasOwn(value, "from")) return `${value.from} to ${value.to} over the run`;
  if (Object.hasOwn(value, "hidden")) return `${value.hidden.join(" x ")}, ${value.activation ?? "tanh"}`;
  return Object.values(value).join(" ");
}

/** The hyperparameters that a run would have with nothing changed: the kit's, the method's and the preset's. */
export async function settledDefaults(environment, options) {
  const trainer = await createTrainer(environment, { ...options, device: "wasm" });
  const { plan: { hyperparameters } } = trainer;
  trainer.dispose();
  return hyperparameters;
}

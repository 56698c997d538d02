import { list } from "bregman";
import { byId, element } from "./dom.js";
import { environmentGroups, own, stepsOf } from "./environments.js";
import { HyperparameterGroup, settledDefaults } from "./hyperparameters.js";

const shownFirst = ["mdpo", "ppo", "trpo"];
const firstDefaults = { env: "CartPole-v1", algorithms: shownFirst, seeds: 1, seed: 0, device: "auto" };

/** The form: what to train, read and written as one object of settings. */
export class Form {
  #environments = list("envs");
  #algorithms = list("algorithms");
  #groups = new Map();
  #checks = new Map();

  /** `ownMaker()` gives the checked environment of the editor, if there is one. */
  constructor(ownMaker) {
    this.ownMaker = ownMaker;
    this.#fillEnvironments();
    this.#fillAlgorithms();
    byId("env").addEventListener("change", () => this.#environmentChanged());
    byId("setup").addEventListener("change", () => this.#showChoices());
    // A field that is wrong can only be pointed at where it is shown.
    byId("setup").addEventListener("invalid", ({ target }) => {
      for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    }, true);
    for (const id of ["steps", "envs"]) byId(id).addEventListener("change", () => this.refreshDefaults());
    this.write(firstDefaults);
  }

  get env() { return byId("env").value; }
  get actionSpace() {
    if (this.env !== own) return this.#environments.find(({ name }) => name === this.env).actionSpace;
    const make = this.ownMaker();
    return make && (typeof make === "function" ? make() : make).actionSpace;
  }

  /** The settings; `envs` is absent for the preset's. */
  read() {
    const number = (id) => (byId(id).value === "" ? undefined : Number(byId(id).value));
    const algorithms = this.#chosen();
    return {
      env: this.env, algorithms, steps: number("steps"), seeds: number("seeds"), seed: number("seed"),
      envs: number("envs"), device: byId("device").value,
      code: this.env === own ? byId("code").value : undefined,
      hyperparameters: Object.fromEntries(algorithms.map((id) => [id, { ...this.#groups.get(id)?.changed }])),
    };
  }

  /** Fills the form; what `settings` does not name gets its first value. Unknown names are left out. */
  write(settings) {
    const { env, algorithms, steps, seeds, seed, envs, device, hyperparameters, code } = {
      ...firstDefaults, ...settings,
    };
    if (code !== undefined) byId("code").value = code;
    byId("env").value = [...byId("env").options].some(({ value }) => value === env) ? env : firstDefaults.env;
    byId("steps").value = steps ?? stepsOf(this.env);
    byId("seeds").value = seeds;
    byId("seed").value = seed;
    byId("envs").value = envs ?? "";
    byId("device").value = device;
    for (const [id, check] of this.#checks) check.checked = algorithms.includes(id);
    this.#showChoices();
    for (const [id, group] of this.#groups) group.set(hyperparameters?.[id] ?? {});
    const changed = Object.values(hyperparameters ?? {}).some((values) => Object.keys(values).length > 0);
    if (changed) byId("tuning").open = true;
  }

  refreshDefaults() {
    for (const group of this.#groups.values()) if (group.element.open) group.refresh();
  }

  #fillEnvironments() {
    const option = ({ name }) => element("option", { value: name, textContent: name });
    byId("env").append(
      ...Object.entries(environmentGroups()).map(([label, entries]) =>
        element("optgroup", { label }, ...entries.map(option))),
      element("option", { value: own, textContent: "An environment of your own" }));
  }

  #fillAlgorithms() {
    for (const { id, name, paper } of this.#algorithms) {
      const check = element("input", { type: "checkbox", id: `algorithm-${id}` });
      const label = element("label", { for: check.id, title: paper }, check, element("strong", { textContent: id }),
        element("span", { class: "about", textContent: name }));
      this.#checks.set(id, check);
      (shownFirst.includes(id) ? byId("algorithms") : byId("more-algorithms").querySelector(".checks")).append(label);
    }
  }

  #chosen() {
    return [...this.#checks].filter(([, { checked, disabled }]) => checked && !disabled).map(([id]) => id);
  }

  #environmentChanged() {
    byId("steps").value = stepsOf(this.env);
    if (this.env === own) byId("own").open = true;
    this.refreshDefaults();
  }

  /** What follows from the choices: which algorithms fit, whose hyperparameters are shown, and the counts. */
  #showChoices() {
    const space = this.actionSpace;
    const isContinuous = space?.kind === "box";
    for (const { id, choices } of this.#algorithms) {
      const check = this.#checks.get(id);
      check.disabled = choices.solver.includes("deterministic") && !isContinuous;
      check.parentElement.title = check.disabled ? "needs continuous actions" : "";
    }
    const entry = this.#environments.find(({ name }) => name === this.env);
    byId("env-about").textContent = entry?.description ?? "Write it below, then check it.";
    const chosen = this.#chosen();
    for (const id of chosen) {
      if (!this.#groups.has(id)) this.#groups.set(id, new HyperparameterGroup(id, (each) => this.#settle(each)));
    }
    const groups = chosen.map((id) => this.#groups.get(id).element);
    const shown = [...byId("hyperparameters").children];
    if (groups.length !== shown.length || groups.some((each, i) => each !== shown[i])) {
      byId("hyperparameters").replaceChildren(...groups);
    }
    const more = chosen.filter((id) => !shownFirst.includes(id)).length;
    byId("more-algorithms").querySelector(".count").textContent = more > 0 ? `${more} chosen` : "";
    const changed = chosen.reduce((sum, id) => sum + Object.keys(this.#groups.get(id).changed).length, 0);
    byId("tuning").querySelector(".count").textContent = changed > 0 ? `${changed} changed` : "";
    byId("train").disabled = chosen.length === 0;
  }

  /** An algorithm's hyperparameters with nothing changed, for the task that is chosen now. */
  #settle(algorithm) {
    const { steps, envs } = this.read();
    const environment = this.env === own ? this.ownMaker() : this.env;
    return settledDefaults(environment, { algorithm, steps, ...(envs !== undefined && { envs }) });
  }
}

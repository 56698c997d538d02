import { Chart, lineSample } from "./charts.js";
import { byId, element, grouped, round } from "./dom.js";
import { goalOf } from "./environments.js";
import { Inside } from "./inside.js";
import { RunsTable } from "./runs-table.js";
import { curveOf } from "./statistics.js";

const drawEveryMs = 120;
const returnOf = ({ meanReturn }) => meanReturn;

/** What is known of an experiment: curves of the return, the update's inner quantities, the table of runs. */
export class Results {
  #curve = new Chart(byId("curve"), { onPoint: (step, points) => this.#showPoint(step, points) });
  #inside = new Inside();
  #table = new RunsTable();
  #experiment;
  #due;

  /** Empty axes, of the task that is chosen. */
  clear({ env, steps }) {
    this.#experiment = undefined;
    this.#curve.draw([], { steps, goal: goalOf(env) });
    byId("readout").value = "Each algorithm's curve is drawn here as it learns.";
  }

  /** Begins with a new experiment; `expected` hashes are compared with those that come. */
  begin(experiment, expected) {
    this.#experiment = experiment;
    this.#inside.reset();
    this.#table.show(experiment, expected);
    this.draw();
  }

  /** Takes news of a run; the charts follow a little later. */
  update(run) {
    this.#table.update(run);
    this.#due ??= setTimeout(() => this.draw(), drawEveryMs);
  }

  draw() {
    clearTimeout(this.#due);
    this.#due = undefined;
    if (!this.#experiment) return;
    const { algorithms, steps, env } = this.#experiment.settings;
    const curves = algorithms.map((label, index) => ({
      index, label, points: curveOf(this.#experiment.runsOf(label), returnOf),
    }));
    this.#curve.draw(curves, { steps, goal: goalOf(env) });
    this.#inside.draw(this.#experiment);
    this.#showPoint();
  }

  /** "mdpo returns 487, ppo 500": the mean over seeds at the end. */
  text() {
    return this.#latest().map(({ label, mean }, i) =>
      `${label}${i === 0 ? " returns" : ""} ${mean === undefined ? "nothing yet" : round(mean)}`).join(", ");
  }

  #latest() {
    const { settings: { algorithms } } = this.#experiment;
    return algorithms.map((label) => ({ label, ...curveOf(this.#experiment.runsOf(label), returnOf).at(-1) }));
  }

  /** The key of the lines, with their latest values or those under the pointer. */
  #showPoint(step, points) {
    if (!this.#experiment) return;
    const { algorithms } = this.#experiment.settings;
    byId("readout").replaceChildren(...(points ?? this.#latest()).map(({ label, mean, halfWidth }) => {
      const value = mean === undefined ? "" : ` ${round(mean)}${halfWidth > 0 ? ` ± ${round(halfWidth, 2)}` : ""}`;
      return element("span", { class: "key" }, lineSample(algorithms.indexOf(label)), `${label}${value}`);
    }), ...step === undefined ? [] : [element("span", {}, `at ${grouped(step)} steps`)]);
  }
}

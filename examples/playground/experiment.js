import { Run } from "./run.js";

/** Several runs side by side: as many at a time as there are cores, and one of each algorithm at least. */
export class Experiment {
  #gate = Promise.resolve();
  #open;

  /** `settings` are the form's; `changed(run)` is told of each iteration and each new state. */
  constructor(settings, environment, changed) {
    const { algorithms, seeds, seed, steps, envs, device, hyperparameters } = settings;
    this.settings = settings;
    this.changed = changed;
    this.runs = Array.from({ length: seeds }, (_, i) => algorithms.map((algorithm) => new Run(environment, {
      algorithm, steps, seed: seed + i, device, hyperparameters: hyperparameters[algorithm] ?? {},
      ...(envs !== undefined && { envs }),
    }))).flat();
  }

  /** A run that goes on from a checkpoint; `settings` say what the checkpoint's plan says. */
  static resumed(settings, environment, resume, changed) {
    const experiment = new Experiment({ ...settings, algorithms: [], seeds: 0 }, environment, changed);
    const { algorithms: [algorithm], seed, steps } = settings;
    experiment.settings = settings;
    experiment.runs = [new Run(environment, { algorithm, seed, steps, resume })];
    return experiment;
  }

  /** The runs of an algorithm, one a seed. */
  runsOf = (algorithm) => this.runs.filter((run) => run.algorithm === algorithm);

  get isPaused() { return this.#open !== undefined; }
  get isOver() { return this.runs.every(({ isOver }) => isOver); }
  get progress() {
    const share = ({ state, step, totalSteps }) => (state === "done" ? 1 : Math.min(1, step / totalSteps));
    return this.runs.reduce((sum, run) => sum + share(run), 0) / this.runs.length;
  }

  /** Until every run is over. */
  async train() {
    const waiting = [...this.runs];
    const lanes = Math.max(this.settings.algorithms.length, navigator.hardwareConcurrency ?? 1);
    const gate = () => this.#gate;
    const lane = async () => {
      for (let run = waiting.shift(); run; run = waiting.shift()) {
        if (run.state === "waiting") await run.train(gate, this.changed);
      }
    };
    await Promise.all(Array.from({ length: Math.min(lanes, waiting.length) }, lane));
  }

  pause() {
    if (!this.isPaused) this.#gate = new Promise((resolve) => { this.#open = resolve; });
  }

  resume() {
    this.#open?.();
    this.#open = undefined;
  }

  stop() {
    for (const run of this.runs) run.stop();
    this.resume();
  }

  dispose() {
    this.stop();
    for (const run of this.runs) run.dispose();
  }
}

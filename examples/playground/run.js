import { createTrainer } from "bregman";
import { isMujoco } from "./environments.js";

const budgetMs = 8;

/** One training run: its records, and the trainer while there is one. */
export class Run {
  /**
   * `options` are those of `createTrainer`; `environment` is a name, or { make, module }: the maker of one's own, and
   * the address of the module that exports it, which is what can go to a worker.
   */
  constructor(environment, options) {
    this.environment = environment;
    this.options = options;
    this.state = "waiting";
    this.history = [];
  }

  get algorithm() { return this.options.algorithm; }
  get seed() { return this.options.seed; }
  get label() { return `${this.algorithm}, seed ${this.seed}`; }
  get policy() { return this.trainer?.policy; }
  get isOver() { return ["done", "stopped", "failed"].includes(this.state); }
  get totalSteps() { return this.options.steps; }
  get step() { return this.history.at(-1)?.step ?? 0; }

  /** Trains to the end; waits for `gate()` before each iteration, and tells `changed` of each. */
  async train(gate, changed) {
    try {
      await this.#open();
      this.#enter("training", changed);
      for await (const update of this.#iterations(gate)) {
        this.history.push(update);
        if (this.state === "stopped") return;
        changed(this);
      }
      this.summary = await this.trainer.summary();
      this.#enter("done", changed);
    } catch (error) {
      if (this.state === "stopped") return;
      this.error = error;
      this.#enter("failed", changed);
    }
  }

  stop() {
    if (!this.isOver) this.state = "stopped";
  }

  /** Frees the trainer; what the policy learned stays usable. */
  dispose() {
    this.stop();
    this.trainer?.dispose();
  }

  #enter(state, changed) {
    if (this.state === "stopped") return;
    this.state = state;
    changed(this);
  }

  /** In a worker where that can be had, else on the page's own thread. */
  async #open() {
    const { environment, options } = this;
    const isOwn = typeof environment === "object";
    try {
      const worker = isMujoco(environment) ? mujocoWorker() : true;
      this.trainer = await createTrainer(isOwn ? { module: environment.module } : environment, { ...options, worker });
      this.place = "worker";
    } catch {
      this.trainer = await createTrainer(isOwn ? environment.make : environment, options);
      this.place = "page";
    }
  }

  async *#iterations(gate) {
    const { trainer } = this;
    if (this.place === "worker") {
      const updates = trainer[Symbol.asyncIterator]();
      for (;;) {
        await gate();
        const { done, value } = await updates.next();
        if (done) return;
        yield value;
      }
    }
    while (!trainer.isDone && this.state !== "stopped") {
      await gate();
      await nextTurn();
      const update = await trainer.advance({ budgetMs });
      if (update) yield update;
    }
  }
}

/** A worker's script that knows where MuJoCo is: import maps are the page's only. */
let mujocoScript;
function mujocoWorker() {
  const [worker, mujoco, physics] = ["bregman/worker", "bregman/mujoco", "@mujoco/mujoco"].map((name) =>
    JSON.stringify(import.meta.resolve(name)));
  const script = `import ${worker}; import { useMujoco } from ${mujoco}; useMujoco(() => import(${physics}));`;
  return mujocoScript ??= URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
}

/** Runs on the page's thread take turns, one a frame: the page stays usable however many there are. */
let turns = Promise.resolve();
function nextTurn() {
  turns = turns.then(() => new Promise((resolve) => { requestAnimationFrame(resolve); }));
  return turns;
}

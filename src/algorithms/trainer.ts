import { disposeChosen, type ChosenDevice } from "../devices/choose-device.ts";
import type { LoadedProgram } from "../devices/device.ts";
import type { Work } from "../devices/pace.ts";
import { BregmanError } from "../error.ts";
import { sha256 } from "../io/sha256.ts";
import type { Policy } from "../policy/policy.ts";
import { assemble } from "./assemble.ts";
import { readCheckpoint, writeArrays, writeCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { iterationsOf, stepsPerIteration, type RunPlan } from "./run-plan.ts";
import {
  checkTrainerOptions, type EnvironmentArgument, type Summary, type TrainerOptions, type UpdateRecord,
} from "./trainer-options.ts";
import type { TrainingRun } from "./training-run.ts";

/** How long training may hold the thread before it lets the event loop run. */
const longestSpellMs = 40;

/** What `stateHash` may be asked about. */
export type StatePart = "policy" | "critics" | "targets";

/**
 * One training run under the caller's control. `update()` does one iteration: on-policy a rollout and the steps that
 * learn from it, off-policy `horizon` environment steps with the gradient steps between them. The same plan and seed
 * give the same bits on the wasm device, however the work is cut.
 */
export class Trainer {
  readonly #run: TrainingRun;
  #iteration = 0;
  /** Working time before the current spell, and when that began. */
  #seconds = 0;
  #spellStart: number | undefined;
  #running: Work<UpdateRecord> | undefined;
  /** What the last piece of work took, and the longest of late, in milliseconds. */
  #piece = 0;
  #longest = 0;
  /** When the event loop last had its turn, and when work last stopped. */
  #pausedAt = 0;
  #stoppedAt = 0;
  #busy = false;
  #disposed = false;
  /** Set once parameters are no longer numbers, or half written: nothing that follows from them is handed out. */
  #broken: BregmanError | undefined;
  /** With a GPU, which may be lost: the state after the last finished iteration. */
  #last: (() => Checkpoint) | undefined;

  private constructor(run: TrainingRun) {
    this.#run = run;
  }

  static async create(environment: EnvironmentArgument | undefined, options: TrainerOptions): Promise<Trainer> {
    checkTrainerOptions(options);
    const saved = options.resume ? readCheckpoint(options.resume) : undefined;
    const trainer = new Trainer(await assemble(environment, options, saved));
    if (saved) trainer.#resume(saved);
    trainer.#publish();
    trainer.#keep();
    return trainer;
  }

  #resume(saved: Checkpoint): void {
    try {
      this.#run.restore(saved);
    } catch (error) {
      this.dispose();
      throw error;
    }
    this.#iteration = saved.iteration;
    this.#seconds = saved.seconds;
    if (this.#run.environment.resumable) return;
    const { environment: name } = this.plan;
    console.warn(`bregman: ${name} has no save() and restore(), so the resumed run begins fresh episodes`);
  }

  /** Iterations done, and environment steps taken over all copies. */
  get iteration(): number { return this.#iteration; }
  get step(): number { return this.#iteration * stepsPerIteration(this.plan); }
  /** The environment steps that were asked for. */
  get totalSteps(): number { return this.plan.steps; }
  get isDone(): boolean { return this.#iteration >= iterationsOf(this.plan); }
  /** Working time so far. */
  get seconds(): number { return this.#seconds; }
  /** Over the last 100 finished episodes; null before the first. */
  get meanReturn(): number | null { return this.#run.episodes.meanReturn; }
  /** The live policy: it acts with the parameters of the last finished iteration, and outlives the trainer. */
  get policy(): Policy { return this.#run.policy; }
  /** Everything that the results depend on, settled. */
  get plan(): RunPlan { return this.#run.plan; }
  /** The update programs, with their kernels and bytes. */
  get programs(): readonly LoadedProgram[] { return this.#run.programs; }
  get device(): ChosenDevice["updates"] { return this.#run.chosen.updates; }

  /**
   * One iteration; lets the event loop run at least every 50 ms.
   * Throws `disposed`, and `invalid-state` while another call works.
   */
  async update(): Promise<UpdateRecord> {
    const now = performance.now();
    if (now - this.#pausedAt > longestSpellMs) this.#pausedAt = now;
    for (;;) {
      const deadline = this.#pausedAt + longestSpellMs;
      const record = await this.#work(deadline, false);
      if (!record || this.#stoppedAt + this.#longest > deadline) {
        await nextTask();
        this.#pausedAt = performance.now();
      }
      if (record) return record;
    }
  }

  /**
   * Works for about `budgetMs`, say once a frame of a game, and returns the record of an iteration that ended then.
   * Work comes in pieces of about half a millisecond, by what they cost here, and a call ends before a piece that would
   * not fit; but it does one. What cannot be cut: a step of all copies of one's own environment, and a map over
   * millions of elements. Between calls nothing runs, and the results do not depend on the cuts.
   */
  async advance({ budgetMs }: { readonly budgetMs: number }): Promise<UpdateRecord | undefined> {
    if (!(budgetMs > 0)) {
      throw new BregmanError("invalid-option", `advance: budgetMs must be a positive number, got ${String(budgetMs)}`);
    }
    return this.#work(performance.now() + budgetMs, true);
  }

  /** Iterations until the run is done. */
  async *[Symbol.asyncIterator](): AsyncGenerator<UpdateRecord, void> {
    while (!this.isDone) yield await this.update();
  }

  /**
   * Bytes to resume from, to the same bits. An iteration that is under way is finished first; when its GPU was lost,
   * the bytes are those of the iteration before.
   */
  async checkpoint(): Promise<Uint8Array<ArrayBuffer>> {
    this.#check();
    try {
      if (this.#running) await this.update();
    } catch (error) {
      if (!this.#last) throw error;
    }
    if (this.#broken && !this.#last) throw this.#broken;
    return writeCheckpoint(this.#last ? this.#last() : this.#snapshot());
  }

  /**
   * SHA-256 over everything that the rest of the run depends on, or over the named parts of it: parameters and
   * optimizer states of the policy (and its normalizer), of the critics, and the target networks. Two methods that
   * agree in a part give it the same hash. Throws `invalid-state` during an iteration, `invalid-option` for a part that
   * is not there.
   */
  stateHash({ parts }: { readonly parts?: readonly StatePart[] } = {}): string {
    this.#check();
    if (this.#running) {
      throw new BregmanError("invalid-state", "stateHash: an iteration is under way; await update() first");
    }
    if (!parts) return sha256(writeCheckpoint({ ...this.#snapshot(), seconds: 0 }));
    for (const part of parts) {
      if (Object.hasOwn(this.#run.parts, part)) continue;
      throw new BregmanError("invalid-option",
        `stateHash: parts: "${String(part)}" is none of ${Object.keys(this.#run.parts).join(", ")}`);
    }
    const arrays = [...this.#run.state().arrays].filter(([name]) => parts.some((part) => this.#run.parts[part]!(name)));
    return sha256(writeArrays(new Map(arrays)));
  }

  summary(): Summary {
    const { plan, algorithm, chosen, policy } = this.#run;
    return {
      env: plan.environment,
      algorithm: plan.algorithm,
      device: chosen.updates.kind,
      deviceReason: chosen.reason,
      seed: plan.seed,
      steps: this.step,
      seconds: this.#seconds,
      stepsPerSecond: this.#seconds > 0 ? this.step / this.#seconds : 0,
      meanReturn: this.meanReturn,
      parametersHash: policy.parametersHash(),
      switched: plan.paperCode ? algorithm.paperCode!.switches : [],
    };
  }

  /** Frees environments, programs and GPU memory. Safe twice; the policy lives on. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const { environment, chosen } = this.#run;
    environment.dispose();
    this.#run.dispose();
    disposeChosen(chosen);
  }

  #check(): void {
    if (this.#disposed) throw new BregmanError("disposed", "this trainer was disposed");
  }

  /** Does what fits before the deadline, but at least a piece of work; `paced`: in pieces by what they cost here. */
  async #work(deadline: number, paced: boolean): Promise<UpdateRecord | undefined> {
    this.#check();
    if (this.#busy) {
      throw new BregmanError("invalid-state",
        "this trainer is working already; await update() or advance() before the next call");
    }
    if (this.#broken) throw this.#broken;
    this.#busy = true;
    let began = this.#spellStart = performance.now();
    // A machine that is busy with something else makes a piece look long: half of the time is used in any case.
    const half = (deadline - began) / 2;
    try {
      this.#running ??= this.#iterate();
      for (;;) {
        const next = this.#running.next(paced ? this.#piece : undefined);
        if (next.done) {
          this.#running = undefined;
          return next.value;
        }
        const now = performance.now();
        this.#piece = now - began;
        this.#longest = Math.max(this.#piece, 0.8 * this.#longest);
        began = next.value ? await next.value.then(() => performance.now()) : now;
        if (began + Math.min(this.#longest, half) > deadline) return undefined;
      }
    } catch (error) {
      this.#running = undefined;
      const breaking = ["numerical-failure", "device-lost"];
      if (error instanceof BregmanError && breaking.includes(error.code)) this.#broken = error;
      throw error;
    } finally {
      this.#stoppedAt = performance.now();
      this.#seconds += (this.#stoppedAt - this.#spellStart) / 1000;
      this.#spellStart = undefined;
      this.#busy = false;
    }
  }

  #elapsed(): number {
    return this.#seconds + (this.#spellStart === undefined ? 0 : (performance.now() - this.#spellStart) / 1000);
  }

  *#iterate(): Work<UpdateRecord> {
    const { plan, episodes } = this.#run;
    const began = this.#seconds;   // an iteration begins with a spell
    const losses = yield* this.#run.iterate(this.#iteration);
    this.#iteration++;
    this.#publish();
    this.#keep();
    const seconds = this.#elapsed() - began;
    const { finished, meanReturn, meanLength } = episodes;
    const steps = stepsPerIteration(plan);
    return {
      step: this.step, iteration: this.#iteration, episodes: finished, meanReturn, meanLength,
      stepsPerSecond: seconds > 0 ? steps / seconds : 0,
      losses,
    };
  }

  /** The new parameters act from now on: in the next iteration and in the live policy. */
  #publish(): void {
    this.#run.publish(this.#iteration);
  }

  #snapshot(state = this.#run.state(), iteration = this.#iteration, seconds = this.#seconds): Checkpoint {
    const { plan, chosen } = this.#run;
    return { plan, device: chosen.updates.kind, iteration, seconds, ...state };
  }

  #keep(): void {
    const { chosen } = this.#run;
    if (chosen.updates === chosen.host) return;
    const kept = this.#run.keep();
    const [iteration, seconds] = [this.#iteration, this.#seconds];
    this.#last = () => this.#snapshot(kept(), iteration, seconds);
  }
}

/** Lets the event loop take its turn. Not by a timer: these wait for 1 ms in Node and 4 ms in a page. */
function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

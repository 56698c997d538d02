import type { ChosenDevice } from "../devices/choose-device.ts";
import type { LoadedProgram } from "../devices/device.ts";
import { runSliced } from "../devices/run-sliced.ts";
import { BregmanError } from "../error.ts";
import { discountedReturns, gae } from "../estimators/estimators.ts";
import { sha256 } from "../io/sha256.ts";
import type { Policy } from "../policy/policy.ts";
import type { ScheduledName } from "../solvers/gradient-steps.ts";
import { evaluateSchedule, paperCodeStepSize } from "../schedules/schedule.ts";
import { assemble, type Parts } from "./assemble.ts";
import { readCheckpoint, writeCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { iterationsOf, type RunPlan } from "./run-plan.ts";
import {
  checkTrainerOptions, type EnvironmentArgument, type Summary, type TrainerOptions, type UpdateRecord,
} from "./trainer-options.ts";
import { restoreParts, snapshotParts } from "./trainer-state.ts";

/** How long training may hold the thread before it lets the event loop run. */
const longestSpellMs = 40;

/**
 * One training run under the caller's control. `update()` does one iteration: collect a rollout, estimate advantages,
 * take the solver's steps. The same plan and seed give the same bits on the wasm device, however the work is cut.
 */
export class Trainer {
  readonly #parts: Parts;
  #iteration = 0;
  /** Working time before the current spell, and when that began. */
  #seconds = 0;
  #spellStart: number | undefined;
  #running: Generator<Promise<void> | undefined, UpdateRecord> | undefined;
  #busy = false;
  #disposed = false;
  /** Set once parameters are no longer numbers: nothing that follows from them is handed out. */
  #diverged: BregmanError | undefined;
  /** With a GPU, which may be lost: the state after the last finished iteration. */
  #last: Checkpoint | undefined;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static async create(environment: EnvironmentArgument | undefined, options: TrainerOptions): Promise<Trainer> {
    checkTrainerOptions(options);
    const saved = options.resume ? readCheckpoint(options.resume) : undefined;
    const trainer = new Trainer(await assemble(environment, options, saved));
    if (saved) {
      restoreParts(trainer.#parts, saved);
      trainer.#iteration = saved.iteration;
      trainer.#seconds = saved.seconds;
      if (!trainer.#parts.environment.resumable) {
        const { environment: name } = trainer.plan;
        console.warn(`bregman: ${name} has no save() and restore(), so the resumed run begins fresh episodes`);
      }
    }
    trainer.#publish();
    trainer.#keep();
    return trainer;
  }

  /** Iterations done, and environment steps taken over all copies. */
  get iteration(): number { return this.#iteration; }
  get step(): number { return this.#iteration * this.#parts.plan.envs * this.#parts.plan.hyperparameters.horizon; }
  /** The environment steps that were asked for. */
  get totalSteps(): number { return this.#parts.plan.steps; }
  get isDone(): boolean { return this.#iteration >= iterationsOf(this.#parts.plan); }
  /** The live policy: it acts with the parameters of the last finished iteration, and outlives the trainer. */
  get policy(): Policy { return this.#parts.policy; }
  /** Everything that the results depend on, settled. */
  get plan(): RunPlan { return this.#parts.plan; }
  /** The update programs, with their kernels and bytes. */
  get programs(): readonly LoadedProgram[] { return this.#parts.learner.programs; }
  get device(): ChosenDevice["updates"] { return this.#parts.chosen.updates; }

  /**
   * One iteration; lets the event loop run at least every 50 ms.
   * Throws `disposed`, and `invalid-state` while another call works.
   */
  async update(): Promise<UpdateRecord> {
    for (;;) {
      const record = await this.#work(longestSpellMs);
      if (record) return record;
      await nextTask();
    }
  }

  /** Works for about `budgetMs`, say once a frame of a game, and returns the record of an iteration that ended then. */
  async advance({ budgetMs }: { readonly budgetMs: number }): Promise<UpdateRecord | undefined> {
    if (!(budgetMs > 0)) {
      throw new BregmanError("invalid-option", `advance: budgetMs must be a positive number, got ${String(budgetMs)}`);
    }
    return this.#work(budgetMs);
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
    if (this.#diverged && !this.#last) throw this.#diverged;
    return writeCheckpoint(this.#last ?? this.#snapshot());
  }

  /** SHA-256 over everything that the rest of the run depends on. Throws `invalid-state` during an iteration. */
  stateHash(): string {
    this.#check();
    if (this.#running) {
      throw new BregmanError("invalid-state", "stateHash: an iteration is under way; await update() first");
    }
    return sha256(writeCheckpoint({ ...this.#snapshot(), seconds: 0 }));
  }

  summary(): Summary {
    const { plan, algorithm, chosen, rollout, policy } = this.#parts;
    return {
      env: plan.environment,
      algorithm: plan.algorithm,
      device: chosen.updates.kind,
      deviceReason: chosen.reason,
      seed: plan.seed,
      steps: this.step,
      seconds: this.#seconds,
      stepsPerSecond: this.#seconds > 0 ? this.step / this.#seconds : 0,
      meanReturn: rollout.episodes.meanReturn,
      parametersHash: policy.parametersHash(),
      switched: plan.paperCode ? algorithm.paperCode!.switches : [],
    };
  }

  /** Frees environments, programs and GPU memory. Safe twice; the policy lives on. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const { environment, learner, chosen } = this.#parts;
    environment.dispose();
    learner.dispose();
    if (chosen.updates !== chosen.host) chosen.updates.dispose();
    chosen.host.dispose();
  }

  #check(): void {
    if (this.#disposed) throw new BregmanError("disposed", "this trainer was disposed");
  }

  async #work(budgetMs: number): Promise<UpdateRecord | undefined> {
    this.#check();
    if (this.#busy) {
      throw new BregmanError("invalid-state",
        "this trainer is working already; await update() or advance() before the next call");
    }
    if (this.#diverged) throw this.#diverged;
    this.#busy = true;
    this.#spellStart = performance.now();
    try {
      this.#running ??= this.#iterate();
      for (;;) {
        const next = this.#running.next();
        if (next.done) {
          this.#running = undefined;
          return next.value;
        }
        if (next.value) await next.value;
        if (performance.now() - this.#spellStart >= budgetMs) return undefined;
      }
    } catch (error) {
      this.#running = undefined;
      if (error instanceof BregmanError && error.code === "numerical-failure") this.#diverged = error;
      throw error;
    } finally {
      this.#seconds = this.#elapsed();
      this.#spellStart = undefined;
      this.#busy = false;
    }
  }

  #elapsed(): number {
    return this.#seconds + (this.#spellStart === undefined ? 0 : (performance.now() - this.#spellStart) / 1000);
  }

  *#iterate(): Generator<Promise<void> | undefined, UpdateRecord> {
    const { plan, rollout, evaluation, learner } = this.#parts;
    const began = this.#elapsed();
    yield* rollout.collect();
    yield* runSliced(evaluation, 1, "wasm");
    rollout.bootstrap(evaluation.buffer("values").view() as Float32Array);
    this.#estimate();
    yield undefined;
    yield* learner.steps(this.#schedule());
    let losses: Record<string, number> = {};
    yield learner.download().then((metrics) => {
      losses = metrics;
    });
    if (this.#iteration < plan.hyperparameters.normalizerShare * iterationsOf(plan)) rollout.updateNormalizer();
    this.#iteration++;
    this.#publish();
    this.#keep();
    const seconds = this.#elapsed() - began;
    const { finished, meanReturn, meanLength } = rollout.episodes;
    const steps = plan.envs * plan.hyperparameters.horizon;
    return {
      step: this.step, iteration: this.#iteration, episodes: finished, meanReturn, meanLength,
      stepsPerSecond: seconds > 0 ? steps / seconds : 0,
      losses,
    };
  }

  /** Advantages and returns from what the rollout saw. */
  #estimate(): void {
    const { plan, algorithm, chosen, environment, rollout, evaluation, advantages, returns } = this.#parts;
    const { discount, gaeLambda, horizon } = plan.hyperparameters;
    const { instance } = chosen.host;
    const { signal } = algorithm.choices;
    const trajectories = {
      steps: horizon,
      columns: environment.count,
      rewards: rollout.buffers.rewards.address,
      nextValues: rollout.buffers.nextValues.address,
      terminated: rollout.terminatedAddress,
      truncated: rollout.truncatedAddress,
    };
    if (signal.id === "gae") {
      const values = evaluation.buffer("values").address;
      const results = { advantages: advantages.address, returns: returns.address };
      gae(instance, { ...trajectories, values, ...results }, discount, gaeLambda);
      return;
    }
    if (!signal.baseline) rollout.buffers.nextValues.view().fill(0);
    discountedReturns(instance, { ...trajectories, targets: returns.address }, discount);
    const weights = advantages.view();
    weights.set(returns.view());
    if (!signal.baseline) return;
    const values = evaluation.buffer("values").view();
    for (let i = 0; i < weights.length; i++) weights[i] = weights[i]! - values[i]!;
  }

  /** This iteration's scheduled hyperparameters. */
  #schedule(): Record<ScheduledName, number> {
    const { plan, algorithm } = this.#parts;
    const iterations = iterationsOf(plan);
    const at = (name: ScheduledName): number =>
      evaluateSchedule(plan.hyperparameters[name], Math.min(this.#iteration, iterations - 1), iterations);
    const shifted = plan.paperCode && algorithm.paperCode!.shiftedStepSize;
    return {
      learningRate: at("learningRate"),
      valueLearningRate: at("valueLearningRate"),
      stepSize: shifted ? paperCodeStepSize(this.#iteration, iterations) : Math.max(at("stepSize"), 1 / iterations),
      clipRange: at("clipRange"),
    };
  }

  /** The new parameters act from now on: in the next rollout and in the live policy. */
  #publish(): void {
    const { buffers, rollout, policy, plan, algorithm } = this.#parts;
    const independent = plan.paperCode && algorithm.paperCode!.independentOldPolicy && this.#iteration === 0;
    if (!independent) buffers.behaviourParameters.view().set(buffers.policyParameters.view());
    const mean = buffers.observationMean.view();
    const scale = buffers.observationScale.view();
    for (let i = 0; i < mean.length; i++) {
      mean[i] = rollout.observationMoments.mean[i]!;
      scale[i] = rollout.observationMoments.scale(i);
    }
    policy.update({
      parameters: (buffers.policyParameters.view() as Float32Array).slice(),
      observationMean: Float32Array.from(mean),
      observationScale: Float32Array.from(scale),
    });
  }

  #snapshot(): Checkpoint {
    return snapshotParts(this.#parts, this.#iteration, this.#seconds);
  }

  #keep(): void {
    const { chosen } = this.#parts;
    if (chosen.updates !== chosen.host) this.#last = this.#snapshot();
  }
}

/** Lets the event loop take its turn. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

import { absolute, isModuleReference } from "../algorithms/module-reference.ts";
import { iterationsOf, stepsPerIteration, type RunPlan } from "../algorithms/run-plan.ts";
import type { StatePart } from "../algorithms/trainer.ts";
import type { EnvironmentArgument, Summary, TrainerOptions, UpdateRecord } from "../algorithms/trainer-options.ts";
import { BregmanError } from "../error.ts";
import type { Policy, PolicyFacts, PolicyWeights } from "../policy/policy.ts";
import type { Opening, Progress } from "./messages.ts";
import type { WorkerSource } from "./start-worker.ts";
import { WorkerLink } from "./worker-link.ts";

/**
 * A `Trainer` whose work is done in a worker: the same calls, and the same results to the bit. Parameters come over by
 * transfer once an iteration, so `policy` acts here, with those of the last finished one. `stateHash` is a promise.
 *
 * When the worker dies, what is waited for rejects with code `worker-lost`; the error carries `policy` and, if
 * `checkpoint()` was ever called, the last `checkpoint`.
 */
export class WorkerTrainer {
  readonly #link: WorkerLink;
  readonly #opening: Opening;
  /** The live policy: it acts with the parameters of the last finished iteration, and outlives the trainer. */
  readonly policy: Policy;
  #progress: Progress;
  #checkpoint: Uint8Array<ArrayBuffer> | undefined;

  private constructor(link: WorkerLink, opening: Opening, progress: Progress, policy: Policy) {
    this.#link = link;
    this.#opening = opening;
    this.#progress = progress;
    this.policy = policy;
    link.owner = {
      progress: (news) => this.#take(news),
      lost: (error) => Object.assign(error, { policy, checkpoint: this.#checkpoint }),
    };
  }

  /** `makePolicy` comes from the facade, beside which this file lies. */
  static async create(
    environment: EnvironmentArgument | undefined, worker: WorkerSource, options: TrainerOptions,
    makePolicy: (facts: PolicyFacts, weights: PolicyWeights) => Promise<Policy>,
  ): Promise<WorkerTrainer> {
    const input = crossing(environment, options);
    const link = await WorkerLink.to(worker);
    try {
      let first: Progress | undefined;
      link.owner = { progress: (progress) => (first = progress), lost() {} };
      const opening = await link.call<Opening>("create", input);
      const weights = first?.weights;
      if (!first || !weights) throw new BregmanError("worker-lost", "the worker sent no parameters");
      const policy = await makePolicy(opening.facts, weights);
      checkWeights(weights, policy);
      return new WorkerTrainer(link, opening, first, policy);
    } catch (error) {
      link.close(disposed());
      throw error;
    }
  }

  /** Iterations done, and environment steps taken over all copies. */
  get iteration(): number { return this.#progress.iteration; }
  get step(): number { return this.iteration * stepsPerIteration(this.plan); }
  /** The environment steps that were asked for. */
  get totalSteps(): number { return this.plan.steps; }
  get isDone(): boolean { return this.iteration >= iterationsOf(this.plan); }
  /** Working time so far. */
  get seconds(): number { return this.#progress.seconds; }
  /** Over the last 100 finished episodes; null before the first. */
  get meanReturn(): number | null { return this.#progress.meanReturn; }
  /** Everything that the results depend on, settled. */
  get plan(): RunPlan { return this.#opening.plan; }
  /** The device there. */
  get device(): Opening["device"] { return this.#opening.device; }

  /** One iteration. Throws `disposed`, and `invalid-state` while another call works. */
  update(): Promise<UpdateRecord> {
    return this.#link.call("update");
  }

  /** Works for about `budgetMs`, and returns the record of an iteration that ended then. */
  advance(budget: { readonly budgetMs: number }): Promise<UpdateRecord | undefined> {
    return this.#link.call("advance", budget);
  }

  /** Iterations until the run is done; each begins when it is asked for. */
  async *[Symbol.asyncIterator](): AsyncGenerator<UpdateRecord, void> {
    while (!this.isDone) yield await this.update();
  }

  /** Iterations until the run is done or the signal aborts, one after another without waiting for the page. */
  async run(hear: (update: UpdateRecord) => void, signal?: AbortSignal): Promise<void> {
    const stop = (): void => this.#link.stop();
    signal?.addEventListener("abort", stop);
    try {
      await this.#link.call<void>("run", undefined, hear);
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  /** Bytes to resume from, to the same bits. An iteration that is under way is finished first. */
  async checkpoint(): Promise<Uint8Array<ArrayBuffer>> {
    return (this.#checkpoint = await this.#link.call<Uint8Array<ArrayBuffer>>("checkpoint"));
  }

  /** `Trainer.stateHash`, once the worker has computed it. */
  stateHash(options: { readonly parts?: readonly StatePart[] } = {}): Promise<string> {
    return this.#link.call("stateHash", options);
  }

  summary(): Summary {
    const { step: steps, seconds, meanReturn } = this;
    const stepsPerSecond = seconds > 0 ? steps / seconds : 0;
    const parametersHash = this.policy.parametersHash();
    return { ...this.#opening.summary, steps, seconds, stepsPerSecond, meanReturn, parametersHash };
  }

  /** Ends the worker; one that the page made itself only lets the trainer go. Safe twice; the policy lives on. */
  dispose(): void {
    void this.#link.call("dispose").catch(() => {});
    this.#link.close(disposed());
  }

  #take(progress: Progress): void {
    this.#progress = progress;
    if (!progress.weights) return;
    checkWeights(progress.weights, this.policy);
    this.policy.update(progress.weights);
  }
}

function disposed(): BregmanError {
  return new BregmanError("disposed", "this trainer was disposed");
}

/** Throws unless weights are as long as the policy's networks need them. */
function checkWeights(weights: PolicyWeights, { agent }: Policy): void {
  const { policyParameterCount, observationSize } = agent;
  const { parameters, observationMean, observationScale } = weights;
  const vectors = [[parameters, policyParameterCount], [observationMean, observationSize],
    [observationScale, observationSize]] as const;
  if (vectors.every(([values, size]) => values instanceof Float32Array && values.length === size)) return;
  throw new BregmanError("worker-lost", "the worker sent parameters of another size");
}

/** What goes over: plain data. Throws `invalid-option` for what cannot, with what to do instead. */
function crossing(
  environment: EnvironmentArgument | undefined, { signal: _, onUpdate: __, ...options }: TrainerOptions,
): { environment: unknown; options: TrainerOptions } {
  const refuse = (what: string): never => {
    throw new BregmanError("invalid-option", `worker: ${what}`);
  };
  const plain = (value: unknown, name: string): unknown => {
    if (isModuleReference(value)) return { ...value, module: absolute(value.module).href };
    if (value === undefined || typeof value === "string") return value;
    return refuse(`${name} of one's own has functions, which cannot cross; put it into a module and pass ` +
      '{ module: new URL("./my-module.js", import.meta.url), export: "default" }');
  };
  if (typeof options.device === "object") {
    refuse('a GPUDevice cannot cross; with device: "auto" or "webgpu" the worker makes its own');
  }
  const algorithm = plain(options.algorithm, "an algorithm") as string | undefined;
  return { environment: plain(environment, "an environment"), options: { ...options, algorithm } };
}

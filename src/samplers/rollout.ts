import type { Agent } from "../agent/agent.ts";
import { actingProgram, valueProgram, type RolloutColumns } from "../agent/programs.ts";
import type { WasmInstance } from "../devices/wasm-instance.ts";
import type { LoadedWasmProgram, WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.ts";
import { flattenRaw, startOf } from "../envs/raw-values.ts";
import type { VectorEnvironment } from "../envs/vector-environment.ts";
import { EpisodeRecorder } from "./episodes.ts";
import { RunningMoments } from "./running-moments.ts";

/** Steps between two chances to pause. */
const stepsPerSlice = 8;

export interface RolloutOptions {
  readonly horizon: number;
  readonly discount: number;
  readonly normalizeRewards: boolean;
  /** For how many steps state-dependent noise is held. */
  readonly holdSteps: number;
  readonly truncationTerminates: boolean;
}

/**
 * Collects T steps in N copies with the behaviour policy, into arrays of the module's memory, time-major [T, N, ...].
 * What the policy sees and does is stored as it was; rewards are scaled at the end of the rollout, observations are
 * normalized inside programs.
 */
export class Rollout {
  readonly buffers: {
    readonly observations: WasmBuffer;
    readonly action: WasmBuffer;
    readonly exploration: WasmBuffer | undefined;
    readonly actionMask: WasmBuffer | undefined;
    readonly rewards: WasmBuffer;
    readonly nextValues: WasmBuffer;
  };
  /** u8 [T, N]. */
  readonly terminatedAddress: number;
  readonly truncatedAddress: number;
  readonly episodes: EpisodeRecorder;
  readonly observationMoments: RunningMoments;
  readonly rewardMoments = new RunningMoments(1);
  /** The discounted return so far, per copy: what rewards are scaled by. */
  readonly runningReturns: Float64Array<ArrayBuffer>;
  stepsSinceRenewal = 0;

  readonly #agent: Agent;
  readonly #environment: VectorEnvironment;
  readonly #options: RolloutOptions;
  readonly #columns: RolloutColumns;
  readonly #acting: LoadedWasmProgram;
  readonly #values: LoadedWasmProgram;
  readonly #rawRewards: Float64Array;
  /** Final observations of episodes cut by a time limit, which still have a value, by the flat index t * N + n. */
  #cut: { index: number; observation: Float32Array }[] = [];
  #flags: { readonly terminated: Uint8Array; readonly truncated: Uint8Array } | undefined;
  readonly #instance: WasmInstance;

  private constructor(
    device: WasmDevice, agent: Agent, environment: VectorEnvironment, options: RolloutOptions, columns: RolloutColumns,
    acting: LoadedWasmProgram, values: LoadedWasmProgram,
  ) {
    const { count } = environment;
    const size = options.horizon * count;
    const column = (width: number, dtype: "f32" | "i32"): WasmBuffer => device.allocate(size * width, dtype);
    const correlated = agent.spec.exploration.kind === "autoregressive";
    this.#instance = device.instance;
    this.#agent = agent;
    this.#environment = environment;
    this.#options = options;
    this.#columns = columns;
    this.#acting = acting;
    this.#values = values;
    this.#rawRewards = new Float64Array(size);
    this.buffers = {
      observations: column(agent.observationSize, "f32"),
      action: column(agent.head.actionSize, agent.head.actionType),
      exploration: correlated ? column(agent.head.explorationSize, "f32") : undefined,
      actionMask: columns.maskSize > 0 ? column(columns.maskSize, "i32") : undefined,
      rewards: column(1, "f32"),
      nextValues: column(1, "f32"),
    };
    this.terminatedAddress = device.instance.allocate(size);
    this.truncatedAddress = device.instance.allocate(size);
    this.episodes = new EpisodeRecorder(count);
    this.observationMoments = new RunningMoments(agent.observationSize);
    this.runningReturns = new Float64Array(count);
  }

  static async create(
    device: WasmDevice, agent: Agent, environment: VectorEnvironment, options: RolloutOptions, columns: RolloutColumns,
    bindings: Readonly<Record<string, WasmBuffer>>,
  ): Promise<Rollout> {
    const acting = await device.load(actingProgram(agent, environment.count, columns), bindings);
    const values = await device.load(valueProgram(agent, environment.count), bindings);
    return new Rollout(device, agent, environment, options, columns, acting, values);
  }

  /** The noise that the next correlated actions are conditioned on. */
  get exploration(): WasmBuffer | undefined {
    return this.#agent.head.explorationSize > 0 ? this.#acting.buffer("exploration") : undefined;
  }

  /** Collects one rollout; pauses now and then. Results do not depend on the pauses. */
  *collect(): Generator<undefined, void> {
    this.#cut = [];
    const size = this.#rawRewards.length;
    this.#flags = {
      terminated: this.#instance.uint8(this.terminatedAddress, size),
      truncated: this.#instance.uint8(this.truncatedAddress, size),
    };
    const input = this.#acting.buffer("observation").view() as Float32Array;
    const action = this.#acting.buffer("action").view();
    const environmentAction = this.#acting.buffer("environmentAction").view();
    const maskInput = this.#columns.maskSize > 0 ? this.#acting.buffer("actionMask").view() : undefined;
    const noise = this.exploration?.view();
    const observations = this.buffers.observations.view();
    const actions = this.buffers.action.view();
    const masks = this.buffers.actionMask?.view();
    const noises = this.buffers.exploration?.view();
    const environment = this.#environment;
    const firstAction = startOf(environment.actionSpace);
    for (let t = 0; t < this.#options.horizon; t++) {
      flattenRaw(environment.observationSpace, environment.observations, environment.count, input);
      observations.set(input, t * input.length);
      if (maskInput) {
        if (environment.actionMasks) maskInput.set(environment.actionMasks);
        else maskInput.fill(1);
        masks!.set(maskInput, t * maskInput.length);
      }
      if (noise) {
        this.#renewNoise();
        noises?.set(noise, t * noise.length);
      }
      this.#acting.run();
      actions.set(action, t * action.length);
      environment.actions.set(environmentAction);
      if (firstAction !== 0) {
        environment.actions.forEach((action, n) => (environment.actions[n] = action + firstAction));
      }
      environment.step();
      this.#record(t);
      if (t % stepsPerSlice === stepsPerSlice - 1) yield;
    }
    this.#scaleRewards();
  }

  /**
   * V of what each step led to, given V of what it started from: the next row's, the value of the final observation
   * where the episode was cut, and of the environments' present observations after the last row.
   */
  bootstrap(values: Float32Array): void {
    const { count } = this.#environment;
    const next = this.buffers.nextValues.view() as Float32Array;
    next.set(values.subarray(count));
    const input = this.#values.buffer("observation").view() as Float32Array;
    const output = this.#values.buffer("values").view() as Float32Array;
    flattenRaw(this.#environment.observationSpace, this.#environment.observations, count, input);
    this.#values.run();
    next.set(output, values.length - count);
    for (let first = 0; first < this.#cut.length; first += count) {
      const group = this.#cut.slice(first, first + count);
      group.forEach(({ observation }, row) => input.set(observation, row * this.#agent.observationSize));
      this.#values.run();
      group.forEach(({ index }, row) => (next[index] = output[row]!));
    }
  }

  /** Takes this rollout's observations into the running normalizer: from the next iteration on. */
  updateNormalizer(): void {
    const observations = this.buffers.observations.view();
    this.observationMoments.add(observations, observations.length / this.#agent.observationSize);
  }

  #record(t: number): void {
    const environment = this.#environment;
    const { count, terminated, truncated, rewards } = environment;
    const flags = this.#flags!;
    for (let n = 0; n < count; n++) {
      const index = t * count + n;
      const ended = terminated[n] === 1;
      const cut = !ended && truncated[n] === 1;
      const reward = rewards[n]!;
      this.#rawRewards[index] = reward;
      flags.terminated[index] = ended || (cut && this.#options.truncationTerminates) ? 1 : 0;
      flags.truncated[index] = cut ? 1 : 0;
      if (cut) this.#keepFinal(index, n);
      this.episodes.record(n, reward, ended || cut);
    }
  }

  #keepFinal(index: number, copy: number): void {
    const environment = this.#environment;
    const observation = new Float32Array(this.#agent.observationSize);
    const width = environment.finalObservations.length / environment.count;
    const raw = environment.finalObservations.subarray(copy * width, (copy + 1) * width);
    flattenRaw(environment.observationSpace, raw, 1, observation);
    this.#cut.push({ index, observation });
  }

  #renewNoise(): void {
    if (!this.#acting.program.inputs.has("renewExploration")) return;
    const renew = this.#acting.buffer("renewExploration").view();
    renew[0] = this.stepsSinceRenewal % this.#options.holdSteps === 0 ? 1 : 0;
    this.stepsSinceRenewal++;
  }

  /** r / deviation of the running discounted return, clipped to +-10; without normalization r itself. */
  #scaleRewards(): void {
    const { count } = this.#environment;
    const { horizon, discount, normalizeRewards } = this.#options;
    const scaled = this.buffers.rewards.view();
    if (!normalizeRewards) {
      scaled.set(this.#rawRewards);
      return;
    }
    const returns = new Float64Array(horizon * count);
    const { terminated, truncated } = this.#flags!;
    for (let index = 0; index < returns.length; index++) {
      const n = index % count;
      this.runningReturns[n] = this.runningReturns[n]! * discount + this.#rawRewards[index]!;
      returns[index] = this.runningReturns[n]!;
      if (terminated[index] || truncated[index]) this.runningReturns[n] = 0;
    }
    this.rewardMoments.add(returns, returns.length);
    const scale = this.rewardMoments.scale(0);
    for (let i = 0; i < scaled.length; i++) scaled[i] = Math.max(-10, Math.min(10, this.#rawRewards[i]! * scale));
  }
}

import type { Agent } from "../agent/agent.ts";
import { actingProgram, valueProgram, type RolloutColumns } from "../agent/programs.ts";
import type { WasmInstance } from "../devices/wasm-instance.ts";
import { Pace, type Work } from "../devices/pace.ts";
import type { LoadedWasmProgram, WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.ts";
import { flattenRaw, startOf } from "../envs/raw-values.ts";
import type { VectorEnvironment } from "../envs/vector-environment.ts";
import { EpisodeRecorder } from "./episodes.ts";
import { isBuiltin, RolloutSegment, type Cut } from "./rollout-segment.ts";
import { RunningMoments } from "./running-moments.ts";

/** Steps of a segment between two chances to pause, unless something else is measured. */
const stepsPerPiece = 8;

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
    /** Of a second reward channel, where critics have one. */
    readonly secondRewards: WasmBuffer | undefined;
    readonly nextSecondValues: WasmBuffer | undefined;
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
  readonly #acting: LoadedWasmProgram;
  readonly #values: LoadedWasmProgram;
  /** Steps built-in environments without JavaScript, where the policy needs nothing but the observation. */
  readonly #segment: RolloutSegment | undefined;
  /** f64 [T, N]: rewards as they came. */
  readonly #rawRewardsAddress: number;
  /** Episodes cut by a time limit, whose final observations still have a value. */
  #cut: Cut[] = [];
  #columnsNow: { rawRewards: Float64Array; terminated: Uint8Array; truncated: Uint8Array } | undefined;
  readonly #instance: WasmInstance;
  /** [T, N], 1 = nobody lived this row: an agent was out and waited for the others. */
  readonly #waiting: Uint8Array | undefined;
  /** Of steps: where they pass through JavaScript, a pause costs nothing beside them. */
  readonly #pace: Pace;

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
    this.#acting = acting;
    this.#values = values;
    this.buffers = {
      observations: column(agent.observationSize, "f32"),
      action: column(agent.head.actionSize, agent.head.actionType),
      exploration: correlated ? column(agent.head.explorationSize, "f32") : undefined,
      actionMask: columns.maskSize > 0 ? column(columns.maskSize, "i32") : undefined,
      rewards: column(1, "f32"),
      nextValues: column(1, "f32"),
      secondRewards: agent.valueChannels > 1 ? column(1, "f32") : undefined,
      nextSecondValues: agent.valueChannels > 1 ? column(1, "f32") : undefined,
    };
    this.#waiting = environment.waiting && new Uint8Array(size);
    this.#rawRewardsAddress = device.instance.allocate(8 * size);
    this.terminatedAddress = device.instance.allocate(size);
    this.truncatedAddress = device.instance.allocate(size);
    this.episodes = new EpisodeRecorder(count);
    this.observationMoments = new RunningMoments(agent.observationSize);
    this.runningReturns = new Float64Array(count);
    const { horizon, truncationTerminates } = options;
    const { observations, action } = this.buffers;
    const { terminatedAddress, truncatedAddress } = this;
    const plain = agent.head.explorationSize === 0 && columns.maskSize === 0;
    this.#segment = plain && isBuiltin(environment) ? new RolloutSegment(device.instance, environment, acting, {
      horizon, observations, action, rewardsAddress: this.#rawRewardsAddress, terminatedAddress, truncatedAddress,
      truncationTerminates,
    }) : undefined;
    this.#pace = new Pace(this.#segment ? stepsPerPiece : 1);
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
  *collect(): Work {
    const { horizon } = this.#options;
    const size = horizon * this.#environment.count;
    this.#cut = [];
    this.#columnsNow = {
      rawRewards: this.#instance.float64(this.#rawRewardsAddress, size),
      terminated: this.#instance.uint8(this.terminatedAddress, size),
      truncated: this.#instance.uint8(this.truncatedAddress, size),
    };
    const step = this.#segment ? undefined : this.#stepper();
    for (let from = 0; from < horizon;) {
      const to = Math.min(horizon, from + this.#pace.units);
      if (this.#segment) this.#cut.push(...this.#segment.run(from, to));
      else for (let t = from; t < to; t++) step!(t);
      this.#recordEpisodes(from, to);
      this.#pace.took(to - from, yield undefined);
      from = to;
    }
    this.#scaleRewards();
  }

  /**
   * V of what each step led to, given V of what it started from: the next row's, the value of the final observation
   * where the episode was cut, and of the environments' present observations after the last row. The same for a second
   * channel's.
   */
  bootstrap(values: Float32Array, secondValues?: Float32Array): void {
    const { count } = this.#environment;
    const { nextValues, nextSecondValues } = this.buffers;
    const channels = [{ now: values, next: nextValues.view(), output: this.#values.buffer("values").view() }];
    if (secondValues) {
      const output = this.#values.buffer("secondValues").view();
      channels.push({ now: secondValues, next: nextSecondValues!.view(), output });
    }
    const input = this.#values.buffer("observation").view() as Float32Array;
    flattenRaw(this.#environment.observationSpace, this.#environment.observations, count, input);
    this.#values.run();
    for (const { now, next, output } of channels) {
      next.set(now.subarray(count));
      next.set(output, now.length - count);
    }
    for (let first = 0; first < this.#cut.length; first += count) {
      const group = this.#cut.slice(first, first + count);
      group.forEach(({ observation }, row) => input.set(observation, row * this.#agent.observationSize));
      this.#values.run();
      for (const { next, output } of channels) group.forEach(({ index }, row) => (next[index] = output[row]!));
    }
  }

  /**
   * Where agents waited: overwrites their rows, in the observations and in the columns of an update, by copies of rows
   * that were lived, spread evenly. Means over the batch are then means over what was lived.
   */
  replaceWaiting(columns: readonly WasmBuffer[]): void {
    const waiting = this.#waiting;
    if (!waiting?.includes(1)) return;
    const rows = Array.from(waiting.keys());
    const lived = rows.filter((row) => !waiting[row]);
    const empty = rows.filter((row) => waiting[row]);
    for (const column of new Set([this.buffers.observations, ...columns])) {
      const values = column.view();
      const width = values.length / rows.length;
      empty.forEach((row, i) => {
        const from = lived[Math.floor((i * lived.length) / empty.length)]! * width;
        values.copyWithin(row * width, from, from + width);
      });
    }
  }

  /** Takes this rollout's observations into the running normalizer: from the next iteration on. */
  *updateNormalizer(): Work {
    const observations = this.buffers.observations.view();
    yield* this.observationMoments.addSliced(observations, observations.length / this.#agent.observationSize);
  }

  /** What a segment does in WASM, one step, for environments and policies of any kind. */
  #stepper(): (t: number) => void {
    const environment = this.#environment;
    const { observationSpace, actionSpace, count } = environment;
    const acting = this.#acting;
    const columns = this.buffers;
    const input = acting.buffer("observation").view() as Float32Array;
    const noise = this.exploration?.view();
    const mask = columns.actionMask && acting.buffer("actionMask").view();
    const action = acting.buffer("action").view();
    const environmentAction = acting.buffer("environmentAction").view();
    const write = {
      observations: rowWriter(columns.observations, input), mask: rowWriter(columns.actionMask, mask),
      noise: rowWriter(columns.exploration, noise), action: rowWriter(columns.action, action),
    };
    const firstAction = startOf(actionSpace);
    return (t) => {
      flattenRaw(observationSpace, environment.observations, count, input);
      write.observations(t);
      if (environment.actionMasks) mask?.set(environment.actionMasks);
      else mask?.fill(1);
      write.mask(t);
      if (noise) this.#renewNoise();
      write.noise(t);
      acting.run();
      write.action(t);
      const { actions } = environment;
      actions.set(environmentAction);
      if (firstAction !== 0) actions.forEach((value, n) => (actions[n] = value + firstAction));
      if (environment.waiting) this.#waiting!.set(environment.waiting, t * count);
      environment.step();
      this.#record(t);
    };
  }

  #record(t: number): void {
    const { count, terminated, truncated, rewards } = this.#environment;
    const columns = this.#columnsNow!;
    for (let n = 0; n < count; n++) {
      const index = t * count + n;
      const ended = terminated[n] === 1;
      const cut = !ended && truncated[n] === 1;
      columns.rawRewards[index] = rewards[n]!;
      columns.terminated[index] = ended || (cut && this.#options.truncationTerminates) ? 1 : 0;
      columns.truncated[index] = cut ? 1 : 0;
      if (cut) this.#keepFinal(index, n);
    }
  }

  #recordEpisodes(from: number, to: number): void {
    const { count } = this.#environment;
    const { rawRewards, terminated, truncated } = this.#columnsNow!;
    for (let index = from * count; index < to * count; index++) {
      if (this.#waiting?.[index]) continue;
      this.episodes.record(index % count, rawRewards[index]!, terminated[index] === 1 || truncated[index] === 1);
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
    const { rawRewards, terminated, truncated } = this.#columnsNow!;
    const scaled = this.buffers.rewards.view();
    if (!normalizeRewards) {
      scaled.set(rawRewards);
      return;
    }
    const returns = new Float64Array(horizon * count);
    for (let index = 0; index < returns.length; index++) {
      const n = index % count;
      this.runningReturns[n] = this.runningReturns[n]! * discount + rawRewards[index]!;
      returns[index] = this.runningReturns[n]!;
      if (terminated[index] || truncated[index]) this.runningReturns[n] = 0;
    }
    const waiting = this.#waiting;
    const lived = waiting ? returns.filter((_, index) => !waiting[index]) : returns;
    this.rewardMoments.add(lived, lived.length);
    const scale = this.rewardMoments.scale(0);
    for (let i = 0; i < scaled.length; i++) scaled[i] = Math.max(-10, Math.min(10, rawRewards[i]! * scale));
  }
}

/** Copies `row` to row t of a column, where there are both. */
function rowWriter(column: WasmBuffer | undefined, row: Float32Array | Int32Array | undefined): (t: number) => void {
  if (!column || !row) return () => {};
  const all = column.view();
  return (t) => all.set(row, t * row.length);
}

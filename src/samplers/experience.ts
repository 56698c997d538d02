import type { Agent } from "../agent/agent.ts";
import { experienceProgram, uniformProgram, type RolloutColumns } from "../agent/programs.ts";
import type { LoadedWasmProgram, WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.ts";
import { flattenRaw, startOf } from "../envs/raw-values.ts";
import type { VectorEnvironment } from "../envs/vector-environment.ts";
import { EpisodeRecorder } from "./episodes.ts";
import type { Replay } from "./replay.ts";
import { RunningMoments } from "./running-moments.ts";

export interface ExperienceOptions {
  /** Steps of all copies with uniformly random actions, before the policy acts. */
  readonly warmupSteps: number;
  /** Whether the policy explores, or acts with its most likely action. */
  readonly acting: "sample" | "mode";
  /** For how many steps state-dependent noise is held. */
  readonly holdSteps: number;
}

/** Steps N copies of an environment with the policy of the moment, and keeps what happens in a replay ring. */
export class Experience {
  readonly episodes: EpisodeRecorder;
  readonly observationMoments: RunningMoments;
  /** Environment steps over all copies. */
  steps = 0;
  stepsSinceRenewal = 0;
  /** Whether observations go into the running moments. */
  observes = false;

  readonly #environment: VectorEnvironment;
  readonly #replay: Replay;
  readonly #options: ExperienceOptions;
  readonly #policy: LoadedWasmProgram;
  readonly #uniform: LoadedWasmProgram;
  readonly #next: Float32Array;
  readonly #final: Float32Array;

  private constructor(
    agent: Agent, environment: VectorEnvironment, replay: Replay, options: ExperienceOptions,
    programs: { policy: LoadedWasmProgram; uniform: LoadedWasmProgram },
  ) {
    this.#environment = environment;
    this.#replay = replay;
    this.#options = options;
    this.#policy = programs.policy;
    this.#uniform = programs.uniform;
    this.episodes = new EpisodeRecorder(environment.count);
    this.observationMoments = new RunningMoments(agent.observationSize);
    this.#next = new Float32Array(environment.count * agent.observationSize);
    this.#final = new Float32Array(this.#next.length);
  }

  static async create(
    device: WasmDevice, agent: Agent, environment: VectorEnvironment, replay: Replay, options: ExperienceOptions,
    columns: RolloutColumns, bindings: Readonly<Record<string, WasmBuffer>>,
  ): Promise<Experience> {
    const { count } = environment;
    const policy = await device.load(experienceProgram(agent, count, columns, options.acting), bindings);
    const uniform = await device.load(uniformProgram(agent, count, columns), bindings);
    return new Experience(agent, environment, replay, options, { policy, uniform });
  }

  /** The noise that the next correlated actions are conditioned on. */
  get exploration(): WasmBuffer | undefined {
    return this.#policy.program.inputs.has("exploration") ? this.#policy.buffer("exploration") : undefined;
  }

  /** Puts the environments' present observations into the rings: at the start, and where episodes began anew. */
  begin(): void {
    const { observationSpace, observations, count, actionMasks } = this.#environment;
    flattenRaw(observationSpace, observations, count, this.#next);
    this.#replay.begin(this.#next, actionMasks);
  }

  /** One step of every copy. */
  step(): void {
    const environment = this.#environment;
    const { count, observationSpace } = environment;
    const acting = this.steps < this.#options.warmupSteps ? this.#uniform : this.#policy;
    flattenRaw(observationSpace, environment.observations, count, this.#next);
    const waited = environment.waiting?.slice();
    this.#act(acting);
    environment.step();
    flattenRaw(observationSpace, environment.finalObservations, count, this.#final);
    if (this.observes) this.#observe(waited);
    flattenRaw(observationSpace, environment.observations, count, this.#next);
    this.#replay.record(
      acting.buffer("keptAction").view(), environment,
      { observations: this.#next, masks: environment.actionMasks },
      { observations: this.#final, masks: environment.finalActionMasks },
      waited,
    );
    for (let n = 0; n < count; n++) {
      if (waited?.[n]) continue;
      const ended = environment.terminated[n] === 1 || environment.truncated[n] === 1;
      this.episodes.record(n, environment.rewards[n]!, ended);
    }
    this.steps += count;
  }

  /** Takes in the observations that were acted on. */
  #observe(waited: Uint8Array | undefined): void {
    const { count } = this.#environment;
    if (!waited) return this.observationMoments.add(this.#next, count);
    const width = this.#next.length / count;
    for (let n = 0; n < count; n++) {
      if (!waited[n]) this.observationMoments.add(this.#next.subarray(n * width, (n + 1) * width), 1);
    }
  }

  #act(acting: LoadedWasmProgram): void {
    const environment = this.#environment;
    const { inputs } = acting.program;
    if (inputs.has("observation")) acting.buffer("observation").view().set(this.#next);
    if (inputs.has("actionMask")) {
      const mask = acting.buffer("actionMask").view();
      if (environment.actionMasks) mask.set(environment.actionMasks);
      else mask.fill(1);
    }
    if (inputs.has("renewExploration")) {
      acting.buffer("renewExploration").view()[0] = this.stepsSinceRenewal % this.#options.holdSteps === 0 ? 1 : 0;
      this.stepsSinceRenewal++;
    }
    acting.run();
    environment.actions.set(acting.buffer("environmentAction").view());
    const firstAction = startOf(environment.actionSpace);
    if (firstAction !== 0) {
      for (let n = 0; n < environment.actions.length; n++) environment.actions[n]! += firstAction;
    }
  }
}

import { agentSpec, createAgent, type Agent } from "../agent/agent.ts";
import { createCritics, type Critics } from "../agent/critics.ts";
import type { Hyperparameters } from "../agent/hyperparameters.ts";
import type { RolloutColumns } from "../agent/programs.ts";
import { snapshot } from "../anchors/anchor.ts";
import type { ChosenDevice } from "../devices/choose-device.ts";
import type { LoadedProgram } from "../devices/device.ts";
import { Pace, type Work } from "../devices/pace.ts";
import { createWasmDevice, type WasmBuffer } from "../devices/wasm/wasm-device.ts";
import type { VectorEnvironment } from "../envs/vector-environment.ts";
import { BregmanError } from "../error.ts";
import type { TensorValues } from "../io/safetensors.ts";
import { initializeParameters } from "../nn/initializers.ts";
import { adam } from "../nn/optimizers.ts";
import type { Policy } from "../policy/policy.ts";
import { compile } from "../program/compile.ts";
import { streamState } from "../random/streams.ts";
import type { EpisodeRecorder } from "../samplers/episodes.ts";
import { Experience } from "../samplers/experience.ts";
import { Replay } from "../samplers/replay.ts";
import { evaluateSchedule, evaluateStepSize, type Schedule } from "../schedules/schedule.ts";
import type { ReplayScheduledName } from "../solvers/replay-step.ts";
import { input, log } from "../tensor/index.ts";
import type { OffPolicyAlgorithm } from "./algorithm.ts";
import type { OpenedEnvironment } from "./open-environment.ts";
import { ReplayLearner } from "./replay-learner.ts";
import { draws, livePolicy, maskSizeOf, publishPolicy, taker } from "./run-parts.ts";
import { iterationsOf, type RunPlan } from "./run-plan.ts";
import type { DeviceChoice, RunState, TrainingRun } from "./training-run.ts";

/** Vectors that acting and learning share, in the host's memory. */
interface SharedBuffers {
  readonly policyParameters: WasmBuffer;
  readonly observationMean: WasmBuffer;
  readonly observationScale: WasmBuffer;
  readonly policyRandom: WasmBuffer;
}

interface Pieces {
  readonly plan: RunPlan;
  readonly algorithm: OffPolicyAlgorithm;
  readonly agent: Agent;
  readonly critics: Critics;
  readonly chosen: ChosenDevice;
  readonly environment: VectorEnvironment;
  readonly replay: Replay;
  readonly experience: Experience;
  readonly learner: ReplayLearner;
  readonly policy: Policy;
  readonly buffers: SharedBuffers;
}

/** A run of a method that learns from replay: environment steps, and gradient steps between them. */
export class OffPolicyRun implements TrainingRun {
  readonly plan: RunPlan;
  readonly algorithm: OffPolicyAlgorithm;
  readonly chosen: ChosenDevice;
  readonly environment: VectorEnvironment;
  readonly policy: Policy;
  readonly parts = {
    policy: (name: string) => /^((policy|proposal)(Parameters|\..*)|observationMoments)$/.test(name),
    critics: (name: string) => /^(criticParameters|critic\..*)$/.test(name),
    targets: (name: string) => /^target(Policy)?Parameters$/.test(name),
  };
  readonly #pieces: Pieces;
  /** Of environment steps. */
  readonly #pace = new Pace(1);

  private constructor(pieces: Pieces) {
    this.#pieces = pieces;
    this.plan = pieces.plan;
    this.algorithm = pieces.algorithm;
    this.chosen = pieces.chosen;
    this.environment = pieces.environment;
    this.policy = pieces.policy;
  }

  /** Makes the environments, networks and replay rings, and loads every program of an iteration. */
  static async create(
    plan: RunPlan, algorithm: OffPolicyAlgorithm, opened: OpenedEnvironment, choose: DeviceChoice,
  ): Promise<OffPolicyRun> {
    const { seed, envs } = plan;
    const { choices: { solver, anchors, map }, objective } = algorithm;
    // One action has no entropy.
    const hyperparameters: Hyperparameters = solver.policy === "deterministic"
      ? { ...plan.hyperparameters, temperature: 0, valueNetwork: false }
      : plan.hyperparameters;
    checkActions(algorithm, opened);
    const agent = createAgent(agentSpec(opened.observationSpace, opened.actionSpace, hyperparameters, solver.policy));
    const critics = createCritics(agent, hyperparameters);
    const chosen = await choose(workPerStep(agent, critics, algorithm, hyperparameters));
    const { host } = chosen;
    const environment = opened.create(host.instance, envs, seed);
    const columns: RolloutColumns = {
      maskSize: maskSizeOf(environment), drawnActions: objective.criticTarget !== undefined,
    };
    const replay = new Replay(host, environment.count, hyperparameters.bufferSize, {
      observationSize: agent.observationSize, actionSize: agent.head.actionSize, actionType: agent.head.actionType,
      maskSize: columns.maskSize,
    });
    const buffers: SharedBuffers = {
      policyParameters: host.allocate(agent.policyParameterCount, "f32"),
      observationMean: host.allocate(agent.observationSize, "f32"),
      observationScale: host.allocate(agent.observationSize, "f32"),
      policyRandom: host.allocate(4, "i32"),
    };
    const paperCode = plan.paperCode ? algorithm.paperCode : undefined;
    const { exploration, warmupSteps, adamEpsilon, batchSize } = hyperparameters;
    const experience = await Experience.create(host, agent, environment, replay, {
      warmupSteps,
      acting: paperCode?.collectsMeanAction ? "mode" : "sample",
      holdSteps: exploration.kind === "state-dependent" ? exploration.holdSteps : 1,
    }, columns, { ...buffers, behaviourParameters: buffers.policyParameters });
    const learner = await ReplayLearner.create({
      host, device: chosen.updates, agent, critics, objective, hyperparameters, columns, replay, seed, batchSize,
      optimizer: adam({ epsilon: adamEpsilon }),
      snapshots: anchors.includes(snapshot),
      tsallisIndex: map === "tsallis" ? hyperparameters.tsallisIndex : 1,
      policyRegularizer: paperCode?.policyRegularizer ?? 0,
      densityFloor: paperCode?.densityFloor ?? 0,
      ...buffers,
    });
    const policy = await livePolicy(agent, opened, plan);
    const run = new OffPolicyRun({
      plan, algorithm, agent, critics, chosen, environment, replay, experience, learner, policy, buffers,
    });
    await run.#initialize();
    return run;
  }

  get episodes(): EpisodeRecorder { return this.#pieces.experience.episodes; }
  get programs(): readonly LoadedProgram[] { return this.#pieces.learner.programs; }

  *iterate(iteration: number): Work<Record<string, number>> {
    const { plan, experience, learner } = this.#pieces;
    const { horizon, trainFrequency, normalizeObservations, normalizerShare } = plan.hyperparameters;
    experience.observes = normalizeObservations && iteration < normalizerShare * iterationsOf(plan);
    learner.begin(this.#schedule(iteration));
    let stepped = 0;
    for (let t = 1; t <= horizon; t++) {
      experience.step();
      stepped++;
      const due = t % trainFrequency === 0 ? this.#dueUpdates() : 0;
      if (due > 0 || stepped >= this.#pace.units) {
        this.#pace.took(stepped, yield undefined);
        stepped = 0;
      }
      for (let i = 0; i < due; i++) yield* learner.step();
      if (due > 0 && this.chosen.updates !== this.chosen.host) yield learner.downloadPolicy();
    }
    let losses: Record<string, number> = {};
    yield learner.finish().then((metrics) => {
      losses = metrics;
    });
    if (this.algorithm.choices.schedule.parameter === "stepSize") losses.stepSize = this.#stepSize(iteration);
    return losses;
  }

  publish(): void {
    const { policy, buffers, experience } = this.#pieces;
    publishPolicy(policy, buffers.policyParameters, experience.observationMoments, buffers);
  }

  state(): RunState {
    const { environment, experience, learner, replay, buffers } = this.#pieces;
    const arrays = new Map<string, TensorValues>();
    for (const name of learner.stateNames) arrays.set(name, learner.state(name));
    arrays.set("policyRandom", buffers.policyRandom.view().slice());
    arrays.set("observationMoments", experience.observationMoments.save());
    arrays.set("episodes", experience.episodes.save());
    if (experience.exploration) arrays.set("explorationNoise", experience.exploration.view().slice());
    arrays.set("environments", environment.save());
    for (const [name, values] of replay.save()) arrays.set(`replay.${name}`, values);
    const { steps, stepsSinceRenewal } = experience;
    return { arrays, counters: { updates: learner.updates, steps, stepsSinceRenewal } };
  }

  /** The rings stay in the host's memory: with the networks of the last iteration they are a state to go on from. */
  keep(): () => RunState {
    return () => this.state();
  }

  restore(saved: RunState): void {
    const { agent, environment, experience, learner, replay, buffers } = this.#pieces;
    const take = taker(saved);
    for (const name of learner.stateNames) {
      learner.setState(name, take(name, learner.state(name).length) as Float32Array);
    }
    buffers.policyRandom.view().set(take("policyRandom", 4) as Int32Array);
    experience.observationMoments.restore(take("observationMoments", 1 + 2 * agent.observationSize) as Float64Array);
    experience.episodes.restore(take("episodes") as Float64Array);
    if (experience.exploration) {
      experience.exploration.view().set(take("explorationNoise", experience.exploration.size) as Float32Array);
    }
    environment.restore(take("environments") as Uint8Array);
    replay.restore((name, size) => take(`replay.${name}`, size));
    experience.steps = saved.counters.steps ?? 0;
    experience.stepsSinceRenewal = saved.counters.stepsSinceRenewal ?? 0;
    learner.updates = saved.counters.updates ?? 0;
    if (!environment.resumable) {
      experience.episodes.forgetRunning();
      experience.begin();
    }
  }

  dispose(): void {
    this.#pieces.learner.dispose();
  }

  /** First weights and random states, and the first observations. */
  async #initialize(): Promise<void> {
    const { agent, critics, plan: { seed, hyperparameters }, buffers, learner, experience } = this.#pieces;
    const policy = await initializeParameters(agent.policySpecs, seed, draws.policy);
    const critic = await initializeParameters(critics.specs, seed, draws.critics);
    const first: Record<string, Float32Array> = {
      policyParameters: policy, oldPolicyParameters: policy, targetPolicyParameters: policy, proposalParameters: policy,
      criticParameters: critic, targetParameters: critic.subarray(critics.target.start),
      logTemperature: Float32Array.of(await logarithm(hyperparameters.initialTemperature)),
    };
    for (const name of learner.stateNames) if (first[name]) learner.setState(name, first[name]!);
    buffers.policyRandom.view().set(streamState(seed, "policy"));
    experience.begin();
  }

  /** Gradient steps that the environment steps since the warm-up have earned and that were not taken yet. */
  #dueUpdates(): number {
    const { plan: { hyperparameters: { warmupSteps, updatesPerStep } }, experience, learner } = this.#pieces;
    return Math.max(0, Math.floor((experience.steps - warmupSteps) * updatesPerStep) - learner.updates);
  }

  /** This iteration's scheduled hyperparameters. */
  #schedule(iteration: number): Record<ReplayScheduledName, number> {
    const { plan } = this.#pieces;
    const { learningRate, valueLearningRate, temperature } = plan.hyperparameters;
    const iterations = iterationsOf(plan);
    const last = Math.min(iteration, iterations - 1);
    const at = (schedule: Schedule): number => evaluateSchedule(schedule, last, iterations);
    return {
      learningRate: at(learningRate),
      valueLearningRate: at(valueLearningRate),
      inverseStepSize: 1 / this.#stepSize(iteration),
      temperature: temperature === "learned" ? 0 : at(temperature),
    };
  }

  /** This iteration's t_k. */
  #stepSize(iteration: number): number {
    const { plan } = this.#pieces;
    const iterations = iterationsOf(plan);
    return evaluateStepSize(plan.hyperparameters.stepSize, Math.min(iteration, iterations - 1), iterations);
  }
}

/** The kit's own logarithm: the host's differs between engines. */
async function logarithm(value: number): Promise<number> {
  const device = await createWasmDevice();
  const loaded = device.loadNow(compile({ outputs: { result: log(input("value", [1])) } }));
  device.write(loaded.buffer("value"), Float32Array.of(value));
  loaded.run();
  const result = loaded.buffer("result").view()[0]!;
  device.dispose();
  return result;
}

/** Throws `invalid-space` for actions that the method has no critic or no policy for. */
function checkActions({ id, choices: { solver } }: OffPolicyAlgorithm, { name, actionSpace }: OpenedEnvironment): void {
  const takesBoxes = solver.id !== "dual-regression";
  const accepted = [...takesBoxes ? ["box"] : [], ...solver.policy === "stochastic" ? ["discrete"] : []];
  if (accepted.includes(actionSpace.kind)) return;
  throw new BregmanError("invalid-space",
    `${name}: ${id} takes ${accepted.join(" or ")} actions, these are ${actionSpace.kind}; ` +
    "on-policy methods (mdpo, ppo, ...) take them");
}

/**
 * Multiply-adds of one gradient step: about three passes over all parameters, and two more over the critics; with a
 * proposal one more of these for each of its actions.
 */
function workPerStep(
  agent: Agent, critics: Critics, { objective }: OffPolicyAlgorithm, { batchSize, proposalSamples }: Hyperparameters,
): number {
  const passes = 5 + (objective.proposal && agent.head.kind !== "categorical" ? proposalSamples : 0);
  return batchSize * (3 * agent.policyParameterCount + passes * critics.parameterCount);
}

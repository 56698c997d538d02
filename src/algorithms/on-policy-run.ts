import { agentSpec, createAgent, type Agent } from "../agent/agent.ts";
import { evaluationProgram, type RolloutColumns } from "../agent/programs.ts";
import { anchorName } from "../anchors/renew.ts";
import type { ChosenDevice } from "../devices/choose-device.ts";
import type { Work } from "../devices/pace.ts";
import { runSliced } from "../devices/run-sliced.ts";
import type { LoadedWasmProgram, WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.ts";
import type { VectorEnvironment } from "../envs/vector-environment.ts";
import type { TensorValues } from "../io/safetensors.ts";
import { initializeParameters } from "../nn/initializers.ts";
import type { Policy } from "../policy/policy.ts";
import { streamState } from "../random/streams.ts";
import type { EpisodeRecorder } from "../samplers/episodes.ts";
import { Rollout, type RolloutOptions } from "../samplers/rollout.ts";
import { evaluateSchedule, evaluateStepSize, paperCodeStepSize } from "../schedules/schedule.ts";
import type { ScheduledName } from "../solvers/gradient-steps.ts";
import type { OnPolicyAlgorithm } from "./algorithm.ts";
import { estimateAdvantages } from "./estimate-advantages.ts";
import { Learner, type BatchBuffers } from "./learner.ts";
import type { OpenedEnvironment } from "./open-environment.ts";
import { draws, livePolicy, maskSizeOf, publishPolicy, taker } from "./run-parts.ts";
import { iterationsOf, stepsPerIteration, type RunPlan } from "./run-plan.ts";
import type { DeviceChoice, RunState, TrainingRun } from "./training-run.ts";

/** Vectors that every program shares, in the host's memory. */
interface SharedBuffers {
  readonly policyParameters: WasmBuffer;
  /** The policy that acts and that the step is measured against. */
  readonly behaviourParameters: WasmBuffer;
  readonly valueParameters: WasmBuffer;
  readonly observationMean: WasmBuffer;
  readonly observationScale: WasmBuffer;
  readonly policyRandom: WasmBuffer;
}

const sharedNames = ["policyParameters", "behaviourParameters", "valueParameters", "policyRandom"] as const;

/** What the run is made of. */
export interface OnPolicyPieces {
  readonly plan: RunPlan;
  readonly algorithm: OnPolicyAlgorithm;
  readonly agent: Agent;
  readonly chosen: ChosenDevice;
  readonly environment: VectorEnvironment;
  readonly rollout: Rollout;
  readonly evaluation: LoadedWasmProgram;
  readonly learner: Learner;
  readonly policy: Policy;
  readonly buffers: SharedBuffers;
  /** The columns of a finished rollout that the update reads. */
  readonly batch: BatchBuffers;
}

/** A run of a method that learns from rollouts: collect one, estimate advantages, take the solver's steps. */
export class OnPolicyRun implements TrainingRun {
  readonly plan: RunPlan;
  readonly algorithm: OnPolicyAlgorithm;
  readonly chosen: ChosenDevice;
  readonly environment: VectorEnvironment;
  readonly policy: Policy;
  readonly parts = {
    policy: (name: string) => /^(policyParameters|observationMoments|optimizer\.policy\..*)$/.test(name),
    critics: (name: string) => /^(valueParameters|optimizer\.value\..*)$/.test(name),
  };
  readonly pieces: OnPolicyPieces;
  /** Whether the next iteration's rollout was collected during the last update. */
  #isAhead = false;

  private constructor(pieces: OnPolicyPieces) {
    this.pieces = pieces;
    this.plan = pieces.plan;
    this.algorithm = pieces.algorithm;
    this.chosen = pieces.chosen;
    this.environment = pieces.environment;
    this.policy = pieces.policy;
  }

  /** Makes the environments and networks, and loads every program of an iteration. */
  static async create(
    plan: RunPlan, algorithm: OnPolicyAlgorithm, opened: OpenedEnvironment, choose: DeviceChoice,
  ): Promise<OnPolicyRun> {
    const { hyperparameters, seed } = plan;
    const { signal } = algorithm.choices;
    const hasSecond = signal.id === "gae" && signal.second !== undefined && hyperparameters.secondWeight > 0;
    const spec = agentSpec(opened.observationSpace, opened.actionSpace, hyperparameters);
    const agent = createAgent(spec, hasSecond ? 2 : 1);
    const size = stepsPerIteration(plan);
    const chosen = await choose(workPerStep(agent, algorithm, plan));
    const { host } = chosen;
    const environment = opened.create(host.instance, plan.envs, seed);
    const columns: RolloutColumns = { maskSize: maskSizeOf(environment) };

    const buffers = sharedBuffers(host, agent);
    const rollout = await Rollout.create(
      host, agent, environment, rolloutOptions(plan, algorithm), columns, { ...buffers },
    );
    const { observations, action, exploration, actionMask } = rollout.buffers;
    const taken = definedOnly({ action, exploration, actionMask });
    const evaluation = await host.load(evaluationProgram(agent, size, columns), { ...buffers, observations, ...taken });
    const batch: BatchBuffers = {
      ...taken,
      normalizedObservations: evaluation.buffer("normalizedObservations"),
      oldParameters: evaluation.buffer("oldParameters"),
      oldLogProb: evaluation.buffer("oldLogProb"),
      values: evaluation.buffer("values"),
      advantages: host.allocate(size, "f32"),
      returns: host.allocate(size, "f32"),
      ...hasSecond && { secondValues: evaluation.buffer("secondValues"), secondReturns: host.allocate(size, "f32") },
    };
    const learner = await Learner.create({
      host, device: chosen.updates, agent, algorithm, hyperparameters, columns, size, seed, paperCode: plan.paperCode,
      policyParameters: buffers.policyParameters,
      valueParameters: buffers.valueParameters,
      batch,
    });
    const policy = await livePolicy(agent, opened, plan);
    const run = new OnPolicyRun({
      plan, algorithm, agent, chosen, environment, rollout, evaluation, learner, policy, buffers, batch,
    });
    await run.#initialize();
    return run;
  }

  get episodes(): EpisodeRecorder { return this.pieces.rollout.episodes; }
  get programs(): Learner["programs"] { return this.pieces.learner.programs; }

  *iterate(iteration: number): Work<Record<string, number>> {
    const { plan, rollout, learner } = this.pieces;
    const iterations = iterationsOf(plan);
    if (!this.#isAhead) yield* this.#collect();
    this.#isAhead = false;
    yield* learner.steps(this.#schedule(iteration));
    if (iteration < plan.hyperparameters.normalizerShare * iterations) yield* rollout.updateNormalizer();
    if (plan.overlap && iteration + 1 < iterations) {
      yield* this.#collect();
      this.#isAhead = true;
    }
    let losses: Record<string, number> = {};
    yield learner.download().then((metrics) => {
      losses = metrics;
    });
    if (this.algorithm.choices.schedule.parameter === "stepSize") losses.stepSize = this.#stepSize(iteration);
    return losses;
  }

  publish(iteration: number): void {
    const { buffers, rollout, policy, plan, algorithm } = this.pieces;
    const independent = plan.paperCode && algorithm.paperCode!.independentOldPolicy && iteration === 0;
    if (!independent) buffers.behaviourParameters.view().set(buffers.policyParameters.view());
    publishPolicy(policy, buffers.policyParameters, rollout.observationMoments, buffers);
  }

  state(): RunState {
    const { environment, rollout, learner, buffers } = this.pieces;
    const arrays = new Map<string, TensorValues>();
    for (const name of sharedNames) arrays.set(name, buffers[name].view().slice());
    for (const name of learner.stateNames) arrays.set(`optimizer.${name}`, learner.state(name));
    arrays.set("observationMoments", rollout.observationMoments.save());
    arrays.set("rewardMoments", rollout.rewardMoments.save());
    arrays.set("runningReturns", rollout.runningReturns.slice());
    arrays.set("episodes", rollout.episodes.save());
    if (rollout.exploration) arrays.set("explorationNoise", rollout.exploration.view().slice());
    arrays.set("environments", environment.save());
    if (this.#isAhead) for (const [name, column] of this.#columnsAhead()) arrays.set(name, column.view().slice());
    return { arrays, counters: { shuffles: learner.shuffles, stepsSinceRenewal: rollout.stepsSinceRenewal } };
  }

  keep(): () => RunState {
    const state = this.state();
    return () => state;
  }

  restore(saved: RunState): void {
    const { agent, environment, rollout, learner, buffers } = this.pieces;
    const take = taker(saved);
    for (const name of sharedNames) buffers[name].view().set(take(name, buffers[name].size) as Float32Array);
    learner.upload();
    for (const name of learner.stateNames) {
      learner.restoreState(name, take(`optimizer.${name}`, learner.state(name).length) as Float32Array);
    }
    rollout.observationMoments.restore(take("observationMoments", 1 + 2 * agent.observationSize) as Float64Array);
    rollout.rewardMoments.restore(take("rewardMoments", 3) as Float64Array);
    rollout.runningReturns.set(take("runningReturns", environment.count) as Float64Array);
    rollout.episodes.restore(take("episodes") as Float64Array);
    if (rollout.exploration) {
      rollout.exploration.view().set(take("explorationNoise", rollout.exploration.size) as Float32Array);
    }
    environment.restore(take("environments") as Uint8Array);
    const columns = this.#columnsAhead();
    this.#isAhead = saved.arrays.has(columns[0]![0]);
    if (this.#isAhead) for (const [name, column] of columns) column.view().set(take(name, column.size) as Float32Array);
    if (!environment.resumable) {
      rollout.episodes.forgetRunning();
      rollout.runningReturns.fill(0);
    }
    learner.shuffles = saved.counters.shuffles ?? 0;
    rollout.stepsSinceRenewal = saved.counters.stepsSinceRenewal ?? 0;
  }

  dispose(): void {
    this.pieces.learner.dispose();
  }

  /** What a checkpoint keeps of a rollout that the next update will read. */
  #columnsAhead(): [name: string, column: WasmBuffer][] {
    const { batch, rollout: { buffers: { observations } } } = this.pieces;
    return Object.entries({ ...batch, observations }).map(([name, column]) => [`rollout.${name}`, column]);
  }

  /** First weights and random states. */
  async #initialize(): Promise<void> {
    const { agent, plan: { seed, paperCode }, algorithm, buffers, learner } = this.pieces;
    buffers.policyParameters.view().set(await initializeParameters(agent.policySpecs, seed, draws.policy));
    buffers.valueParameters.view().set(await initializeParameters(agent.valueSpecs, seed, draws.value));
    buffers.policyRandom.view().set(streamState(seed, "policy"));
    if (paperCode && algorithm.paperCode!.independentOldPolicy) {
      buffers.behaviourParameters.view().set(await initializeParameters(agent.policySpecs, seed, draws.oldPolicy));
    }
    if (learner.stateNames.includes("medianParameters")) {
      learner.restoreState("medianParameters", await initializeParameters(agent.valueSpecs, seed, draws.median));
    }
    for (const { id } of algorithm.choices.anchors.filter(({ kept }) => kept)) {
      learner.restoreState(anchorName(id), buffers.policyParameters.view().slice() as Float32Array);
    }
    learner.upload();
  }

  /** A rollout of the behaviour policy, and everything that the update reads of it. */
  *#collect(): Work {
    const { rollout, evaluation, batch } = this.pieces;
    yield* rollout.collect();
    yield* runSliced(evaluation, 1, "wasm");
    rollout.bootstrap(batch.values.view() as Float32Array, batch.secondValues?.view() as Float32Array | undefined);
    estimateAdvantages(this.pieces);
    rollout.replaceWaiting(Object.values(this.pieces.batch));
    yield undefined;
  }

  /** This iteration's scheduled hyperparameters. */
  #schedule(iteration: number): Record<ScheduledName, number> {
    const { plan } = this.pieces;
    const iterations = iterationsOf(plan);
    const last = Math.min(iteration, iterations - 1);
    const at = (name: Exclude<ScheduledName, "advantageMedian" | "stepSize">): number =>
      evaluateSchedule(plan.hyperparameters[name], last, iterations);
    return {
      learningRate: at("learningRate"),
      valueLearningRate: at("valueLearningRate"),
      stepSize: this.#stepSize(iteration),
      clipRange: at("clipRange"),
      multiplierLearningRate: at("multiplierLearningRate"),
      advantageMedian: medianOf(this.pieces.batch.advantages.view()),
    };
  }

  /** This iteration's t_k. */
  #stepSize(iteration: number): number {
    const { plan, algorithm } = this.pieces;
    const iterations = iterationsOf(plan);
    if (plan.paperCode && algorithm.paperCode!.shiftedStepSize) return paperCodeStepSize(iteration, iterations);
    return evaluateStepSize(plan.hyperparameters.stepSize, Math.min(iteration, iterations - 1), iterations);
  }
}

/** The least of the upper half. */
function medianOf(values: ArrayLike<number>): number {
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)]!;
}

function sharedBuffers(host: WasmDevice, agent: Agent): SharedBuffers {
  return {
    policyParameters: host.allocate(agent.policyParameterCount, "f32"),
    behaviourParameters: host.allocate(agent.policyParameterCount, "f32"),
    valueParameters: host.allocate(agent.valueParameterCount, "f32"),
    observationMean: host.allocate(agent.observationSize, "f32"),
    observationScale: host.allocate(agent.observationSize, "f32"),
    policyRandom: host.allocate(4, "i32"),
  };
}

function rolloutOptions({ hyperparameters, paperCode }: RunPlan, algorithm: OnPolicyAlgorithm): RolloutOptions {
  const { horizon, discount, normalizeRewards, exploration } = hyperparameters;
  return {
    horizon, discount, normalizeRewards,
    holdSteps: exploration.kind === "state-dependent" ? exploration.holdSteps : 1,
    truncationTerminates: paperCode && algorithm.paperCode!.truncationTerminates === true,
  };
}

function definedOnly(buffers: Readonly<Record<string, WasmBuffer | undefined>>): Record<string, WasmBuffer> {
  const isDefined = (entry: [string, WasmBuffer | undefined]): entry is [string, WasmBuffer] => entry[1] !== undefined;
  return Object.fromEntries(Object.entries(buffers).filter(isDefined));
}

/** Multiply-adds of one gradient step: three passes over the parameters for each row. */
function workPerStep(
  agent: Agent, { choices: { solver } }: OnPolicyAlgorithm, plan: RunPlan,
): number {
  const { hyperparameters } = plan;
  const size = stepsPerIteration(plan);
  const minibatch = solver.id === "gradient-steps" && solver.batches === "minibatches";
  const rows = minibatch ? Math.min(size, hyperparameters.minibatchSize) : size;
  return 3 * rows * (agent.policyParameterCount + agent.valueParameterCount);
}

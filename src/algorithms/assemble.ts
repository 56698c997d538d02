import { chooseDevice, type ChosenDevice } from "../devices/choose-device.ts";
import type { LoadedWasmProgram, WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.ts";
import { wasmModule } from "../devices/wasm-instance.ts";
import { choices } from "../envs/spaces.ts";
import type { VectorEnvironment } from "../envs/vector-environment.ts";
import { initializeParameters } from "../nn/initializers.ts";
import { Policy, type PolicyWeights } from "../policy/policy.ts";
import { streamState } from "../random/streams.ts";
import { Rollout, type RolloutOptions } from "../samplers/rollout.ts";
import { agentSpec, createAgent, type Agent } from "../agent/agent.ts";
import type { Algorithm } from "./algorithm.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { Learner } from "./learner.ts";
import { openEnvironment } from "./open-environment.ts";
import { evaluationProgram, type RolloutColumns } from "../agent/programs.ts";
import { planRun, resumedPlan, type RunPlan } from "./run-plan.ts";
import type { EnvironmentArgument, TrainerOptions } from "./trainer-options.ts";

/** Draws of the initialization stream: which network is filled. */
const draws = { policy: 0, value: 1, oldPolicy: 2 };

/** Vectors that every program shares, in the host's memory. */
export interface SharedBuffers {
  readonly policyParameters: WasmBuffer;
  /** The policy that acts and that the step is measured against. */
  readonly behaviourParameters: WasmBuffer;
  readonly valueParameters: WasmBuffer;
  readonly observationMean: WasmBuffer;
  readonly observationScale: WasmBuffer;
  readonly policyRandom: WasmBuffer;
}

/** A trainer's pieces. */
export interface Parts {
  readonly plan: RunPlan;
  readonly algorithm: Algorithm;
  readonly agent: Agent;
  readonly chosen: ChosenDevice;
  readonly environment: VectorEnvironment;
  readonly rollout: Rollout;
  readonly evaluation: LoadedWasmProgram;
  readonly learner: Learner;
  readonly policy: Policy;
  readonly buffers: SharedBuffers;
  readonly advantages: WasmBuffer;
  readonly returns: WasmBuffer;
}

/** Settles the plan, makes the environments and networks, and loads every program of an iteration. */
export async function assemble(
  argument: EnvironmentArgument | undefined, options: TrainerOptions, saved: Checkpoint | undefined,
): Promise<Parts> {
  const environmentOptions = options.environmentOptions ?? saved?.plan.environmentOptions;
  const opened = openEnvironment(argument ?? saved?.plan.environment, environmentOptions);
  const { plan, algorithm } = saved
    ? resumedPlan(saved.plan, options, argument === undefined ? undefined : opened.name)
    : planRun(options, { environment: opened.name, builtin: opened.builtin, copies: opened.copies });
  const { hyperparameters, seed } = plan;
  const agent = createAgent(agentSpec(opened.observationSpace, opened.actionSpace, hyperparameters));
  const size = plan.envs * hyperparameters.horizon;
  const chosen = await chooseDevice(options.device ?? saved?.device ?? "auto", workPerStep(agent, algorithm, plan));
  const { host } = chosen;
  const environment = opened.create(host.instance, plan.envs, seed);
  const maskSize = environment.actionMasks ? choices(opened.actionSpace)!.reduce((sum, n) => sum + n, 0) : 0;
  const columns: RolloutColumns = { maskSize };

  const buffers = sharedBuffers(host, agent);
  const rollout = await Rollout.create(
    host, agent, environment, rolloutOptions(plan, algorithm), columns, { ...buffers },
  );
  const { observations, action, exploration, actionMask } = rollout.buffers;
  const taken = definedOnly({ action, exploration, actionMask });
  const evaluation = await host.load(evaluationProgram(agent, size, columns), { ...buffers, observations, ...taken });
  const advantages = host.allocate(size, "f32");
  const returns = host.allocate(size, "f32");
  const learner = await Learner.create({
    host, device: chosen.updates, agent, algorithm, hyperparameters, columns, size, seed, paperCode: plan.paperCode,
    policyParameters: buffers.policyParameters,
    valueParameters: buffers.valueParameters,
    batch: {
      ...taken,
      normalizedObservations: evaluation.buffer("normalizedObservations"),
      oldParameters: evaluation.buffer("oldParameters"),
      oldLogProb: evaluation.buffer("oldLogProb"),
      values: evaluation.buffer("values"),
      advantages, returns,
    },
  });
  const policy = new Policy(await wasmModule(), {
    spec: agent.spec, environment: opened.builtin ? opened.name : undefined, algorithm: plan.algorithm, seed,
  }, emptyWeights(agent), agent);
  const parts: Parts = {
    plan, algorithm, agent, chosen, environment, rollout, evaluation, learner, policy, buffers, advantages, returns,
  };
  await initialize(parts);
  return parts;
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

function rolloutOptions({ hyperparameters, paperCode }: RunPlan, algorithm: Algorithm): RolloutOptions {
  const { horizon, discount, normalizeRewards, exploration } = hyperparameters;
  return {
    horizon, discount, normalizeRewards,
    holdSteps: exploration.kind === "state-dependent" ? exploration.holdSteps : 1,
    truncationTerminates: paperCode && algorithm.paperCode!.truncationTerminates,
  };
}

/** What the live policy holds until the trainer first publishes. */
function emptyWeights({ policyParameterCount, observationSize }: Agent): PolicyWeights {
  return {
    parameters: new Float32Array(policyParameterCount),
    observationMean: new Float32Array(observationSize),
    observationScale: new Float32Array(observationSize).fill(1),
  };
}

/** First weights and random states. */
async function initialize({ agent, plan, algorithm, buffers, learner }: Parts): Promise<void> {
  const { seed } = plan;
  buffers.policyParameters.view().set(await initializeParameters(agent.policySpecs, seed, draws.policy));
  buffers.valueParameters.view().set(await initializeParameters(agent.valueSpecs, seed, draws.value));
  buffers.policyRandom.view().set(streamState(seed, "policy"));
  if (plan.paperCode && algorithm.paperCode!.independentOldPolicy) {
    buffers.behaviourParameters.view().set(await initializeParameters(agent.policySpecs, seed, draws.oldPolicy));
  }
  learner.upload();
}

function definedOnly(buffers: Readonly<Record<string, WasmBuffer | undefined>>): Record<string, WasmBuffer> {
  const isDefined = (entry: [string, WasmBuffer | undefined]): entry is [string, WasmBuffer] => entry[1] !== undefined;
  return Object.fromEntries(Object.entries(buffers).filter(isDefined));
}

/** Multiply-adds of one gradient step: three passes over the parameters for each row. */
function workPerStep(agent: Agent, { choices: { solver } }: Algorithm, { envs, hyperparameters }: RunPlan): number {
  const size = envs * hyperparameters.horizon;
  const minibatch = solver.id === "gradient-steps" && solver.batches === "minibatches";
  const rows = minibatch ? Math.min(size, hyperparameters.minibatchSize) : size;
  return 3 * rows * (agent.policyParameterCount + agent.valueParameterCount);
}

import { agentSpec, createAgent, type Agent } from "../agent/agent.ts";
import type { Hyperparameters } from "../agent/hyperparameters.ts";
import { oldPolicy } from "../anchors/anchor.ts";
import type { LoadedWasmProgram, WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.ts";
import { kl } from "../maps/kl.ts";
import { initializeParameters } from "../nn/initializers.ts";
import { adam } from "../nn/optimizers.ts";
import { mdpo } from "../objectives/mdpo.ts";
import { compile } from "../program/compile.ts";
import type { Program } from "../program/program.ts";
import { derivedSeed, streamState } from "../random/streams.ts";
import { batchInputs } from "../solvers/batch.ts";
import { policyStepProgram } from "../solvers/gradient-steps.ts";
import { advanceRandom, exp, input, mul, sub } from "../tensor/index.ts";
import type { Member } from "./cooperative-task.ts";

/**
 * A member's network as three programs, whose buffers of one name are one: `act` on a batch, a gradient `step` of MDPO
 * on it, and `carry`, which multiplies the advantages by the ratio of the policy that it has become.
 */
export type TeamMember = Readonly<Record<"act" | "step" | "carry", LoadedWasmProgram>>;

/** Member number `index` of a team that shares `advantages` [rounds]. */
export async function createTeamMember(
  device: WasmDevice, { observationSize, actions }: Member, hyperparameters: Hyperparameters, advantages: WasmBuffer,
  seed: number, index: number,
): Promise<TeamMember> {
  const observed = { kind: "box", shape: [observationSize], low: -Infinity, high: Infinity } as const;
  const agent = createAgent(agentSpec(observed, { kind: "discrete", n: actions }, hyperparameters));
  const programs = programsOf(agent, advantages.size, hyperparameters);
  const act = await device.load(programs.act);
  const names = [...programs.act.inputs.keys(), ...programs.act.outputs.keys()];
  const shared = { advantages, ...Object.fromEntries(names.map((name) => [name, act.buffer(name)])) };
  act.buffer("policyRandom").view().set(streamState(derivedSeed(seed, index), "policy"));
  act.buffer("policyParameters").view().set(await initializeParameters(agent.policySpecs, seed, index));
  return { act, step: await device.load(programs.step, shared), carry: await device.load(programs.carry, shared) };
}

function programsOf(agent: Agent, size: number, hyperparameters: Hyperparameters): Record<keyof TeamMember, Program> {
  const columns = { maskSize: 0 };
  const batch = batchInputs(agent, size, columns, undefined, "policy");
  const policyParameters = input("policyParameters", [agent.policyParameterCount]);
  const random = input("policyRandom", [4], "i32");
  const oldParameters = agent.policyParametersOf(policyParameters, batch.observations);
  const policy = agent.head.distribution(oldParameters);
  const action = policy.sample(random, 0);
  const ratio = exp(sub(policy.logProb(batch.action), batch.oldLogProb));
  return {
    act: compile({
      outputs: { action, oldParameters, oldLogProb: policy.logProb(action) },
      updates: [[random, advanceRandom(random)]],
    }),
    step: policyStepProgram({
      agent, objective: mdpo, map: kl, anchors: [oldPolicy], hyperparameters, columns, size, minibatches: undefined,
      optimizer: adam({ epsilon: hyperparameters.adamEpsilon }), advantageEpsilon: 1e-8,
    }, false),
    carry: compile({ updates: [[batch.advantages, mul(batch.advantages, ratio)]] }),
  };
}

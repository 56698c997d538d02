import type { Agent } from "../agent/agent.ts";
import type { WasmBuffer } from "../devices/wasm/wasm-device.ts";
import { wasmModule } from "../devices/wasm-instance.ts";
import { maskLength } from "../envs/spaces.ts";
import type { VectorEnvironment } from "../envs/vector-environment.ts";
import { BregmanError } from "../error.ts";
import { Policy } from "../policy/policy.ts";
import type { RunningMoments } from "../samplers/running-moments.ts";
import type { OpenedEnvironment } from "./open-environment.ts";
import type { RunPlan } from "./run-plan.ts";
import type { RunState, TakeArray } from "./training-run.ts";

// What runs on rollouts and runs on replay have in common.

/** Draws of the initialization stream: which network is filled. */
export const draws = { policy: 0, value: 1, oldPolicy: 2, critics: 3, median: 4 } as const;

/** Entries of an action mask; 0 where the environment gives none. */
export function maskSizeOf({ actionMasks, actionSpace }: VectorEnvironment): number {
  return actionMasks ? maskLength(actionSpace) : 0;
}

/** The live policy, before anything is published into it. */
export async function livePolicy(agent: Agent, { builtin, name }: OpenedEnvironment, plan: RunPlan): Promise<Policy> {
  const { policyParameterCount, observationSize, spec } = agent;
  const { algorithm, seed } = plan;
  return new Policy(await wasmModule(), { spec, environment: builtin ? name : undefined, algorithm, seed }, {
    parameters: new Float32Array(policyParameterCount),
    observationMean: new Float32Array(observationSize),
    observationScale: new Float32Array(observationSize).fill(1),
  }, agent);
}

/** Hands parameters and normalizer to the live policy, and the normalizer to the programs. */
export function publishPolicy(
  policy: Policy, parameters: WasmBuffer, moments: RunningMoments,
  buffers: { readonly observationMean: WasmBuffer; readonly observationScale: WasmBuffer },
): void {
  const mean = buffers.observationMean.view();
  const scale = buffers.observationScale.view();
  for (let i = 0; i < mean.length; i++) {
    mean[i] = moments.mean[i]!;
    scale[i] = moments.scale(i);
  }
  policy.update({
    parameters: (parameters.view() as Float32Array).slice(),
    observationMean: Float32Array.from(mean),
    observationScale: Float32Array.from(scale),
  });
}

/** Reads the arrays of a saved state. */
export function taker({ arrays }: RunState): TakeArray {
  return (name, size) => {
    const values = arrays.get(name);
    if (!values || (size !== undefined && values.length !== size)) {
      throw new BregmanError("checkpoint-mismatch",
        `the checkpoint's "${name}" has ${values ? values.length : "no"} elements, expected ${size ?? "some"}; ` +
        "was it written for other spaces or networks?");
    }
    return values;
  };
}

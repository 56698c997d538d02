import { deploymentProgram } from "../agent/programs.ts";
import { checkChoice, expectCount } from "../check-options.ts";
import { chooseDevice, disposeChosen, type WantedDevice } from "../devices/choose-device.ts";
import type { DeviceBuffer } from "../devices/device.ts";
import type { WebGpuDevice } from "../devices/webgpu/webgpu-device.ts";
import { actionLayout } from "../envs/actions.ts";
import type { SpaceValue } from "../envs/spaces.ts";
import { BregmanError } from "../error.ts";
import { finishActions } from "./finish-actions.ts";
import { observationWriter } from "./observation-writer.ts";
import type { Policy } from "./policy.ts";
import { writeBatch } from "./write-batch.ts";

export interface BatchActorOptions {
  /** Where it acts, as for training; "auto" is the default. */
  readonly device?: WantedDevice["device"];
  /** The most rows of a batch. Each call computes all of them. */
  readonly rows: number;
  /** How the network's numbers are kept; "float16", on a GPU, takes half the memory. Default "float32". */
  readonly weights?: "float32" | "float16";
}

/** A policy, as it was when the actor was made, for large batches: its most likely actions, possibly on a GPU. */
export interface BatchActor {
  /** What was chosen and why. */
  readonly device: string;
  /** Bytes of device memory for the network's numbers. */
  readonly weightBytes: number;
  /**
   * Actions for `n` observations, as `policy.actBatch` takes and gives them. Calls may overlap; they are answered in
   * order. Throws `invalid-observation`, and `invalid-option` for more than `rows`.
   */
  actBatch(
    observations: ArrayLike<number> | readonly SpaceValue[], n: number,
  ): Promise<Float32Array | Int32Array>;
  /** Safe twice. The policy stays usable. */
  dispose(): void;
}

/**
 * An actor for batches of up to `rows`. Where weights are float32 a GPU agrees with `policy.actBatch` within rounding
 * (1e-5); float16 keeps 11 bits of each weight and adds up in float32. Throws `invalid-option`, `webgpu-unavailable`,
 * and `numerical-failure` for a weight beyond float16.
 */
export async function createBatchActor(policy: Policy, options: BatchActorOptions): Promise<BatchActor> {
  const { device: wanted = "auto", rows, weights: kept = "float32" } = options;
  expectCount("rows", rows);
  checkChoice("weights", kept, ["float32", "float16"]);
  if (typeof wanted !== "object" || wanted === null) {
    checkChoice("device", wanted, ["auto", "wasm", "webgpu"], " or a GPUDevice");
  }
  const isHalf = kept === "float16";
  if (isHalf && typeof wanted === "string" && wanted !== "webgpu") {
    throw new BregmanError("invalid-option",
      `createBatchActor: float16 weights need device "webgpu" or a GPUDevice, got "${wanted}"`);
  }
  const { agent, facts: { spec: { actionSpace, observationSpace } }, weights } = policy;
  const count = agent.policyParameterCount;
  const chosen = await chooseDevice({ device: wanted, threads: 1 }, rows * count);
  const device = chosen.updates;
  try {
    const parameters: DeviceBuffer =
      isHalf ? (device as WebGpuDevice).allocateHalves(count) : device.allocate(count, "f32");
    device.write(parameters, weights.parameters);
    const program = deploymentProgram(agent, rows, { maskSize: 0 }, true);
    const loaded = await device.load(program, { behaviourParameters: parameters });
    for (const name of ["observationMean", "observationScale"] as const) {
      if (program.inputs.has(name)) device.write(loaded.buffer(name), weights[name]);
    }
    const input = loaded.buffer("observation");
    const output = loaded.buffer("environmentAction");
    const { size } = actionLayout(actionSpace);
    const write = observationWriter(observationSpace);
    const flat = new Float32Array(rows * agent.observationSize);
    return {
      device: chosen.reason, weightBytes: (isHalf ? 2 : 4) * count,
      async actBatch(observations, n) {
        if (!Number.isInteger(n) || n < 1 || n > rows) {
          throw new BregmanError("invalid-option",
            `actBatch: n must be a whole number from 1 to ${rows} (the actor's rows), got ${String(n)}`);
        }
        writeBatch(observationSpace, write, agent.observationSize, observations, n, flat);
        device.write(input, flat.subarray(0, n * agent.observationSize));
        loaded.run();
        const actions = await device.read(output, n * size);
        finishActions(actionSpace, actions, n, size, actions);
        return actions;
      },
      dispose: () => disposeChosen(chosen),
    };
  } catch (cause) {
    disposeChosen(chosen);
    throw cause;
  }
}

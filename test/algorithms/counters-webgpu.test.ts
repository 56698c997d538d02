import { afterEach, expect, it, vi } from "vitest";
import { algorithms } from "../../src/algorithms/registry.ts";
import type { LoadedProgram } from "../../src/devices/device.ts";
import { describeProgram } from "../../src/devices/webgpu/describe.ts";
import type { WebGpuDevice } from "../../src/devices/webgpu/webgpu-device.ts";
import { createTrainer, type Trainer } from "../../src/index.ts";
import { countedOptions } from "../support/counted-training.ts";
import { describeOnGpu, sharedDevice } from "../support/webgpu.ts";

// What an iteration asks of a GPU. A change that moves a number is a regression, or a gain to be written down here.

interface Row {
  /** Where it is not Pendulum-v1. */
  readonly environment?: string;
  /** Dispatches of each update program with the kernels that GPUs get. */
  readonly launches: readonly number[];
  /** With the kernels of adapters that compute on a CPU. */
  readonly dispatches: number;
  /** Command buffers: one for each run of programs, one for all that is read at a time. */
  readonly submits: number;
  readonly bytesWritten: number;
  readonly bytesRead: number;
}

const rows: Readonly<Record<string, Row>> = {
  mdpo: { launches: [15, 13], dispatches: 213, submits: 3, bytesWritten: 3136, bytesRead: 1044 },
  "mdpo-off-policy": { launches: [25], dispatches: 3336, submits: 89, bytesWritten: 19524, bytesRead: 5876 },
  ppo: { launches: [22], dispatches: 280, submits: 2, bytesWritten: 3140, bytesRead: 1048 },
  trpo: { launches: [12, 16, 13, 13, 13], dispatches: 531, submits: 6, bytesWritten: 3136, bytesRead: 700 },
  npg: { launches: [12, 16, 1, 13], dispatches: 373, submits: 5, bytesWritten: 3136, bytesRead: 700 },
  a2c: { launches: [14], dispatches: 105, submits: 2, bytesWritten: 2620, bytesRead: 696 },
  reinforce: { launches: [15, 13], dispatches: 213, submits: 3, bytesWritten: 3136, bytesRead: 1044 },
  "reinforce-without-baseline": { launches: [15], dispatches: 85, submits: 2, bytesWritten: 2620, bytesRead: 708 },
  sac: { launches: [27], dispatches: 3392, submits: 81, bytesWritten: 19524, bytesRead: 5432 },
  td3: { launches: [18, 23], dispatches: 2400, submits: 81, bytesWritten: 19516, bytesRead: 4884 },
  ddpg: { launches: [21], dispatches: 2176, submits: 81, bytesWritten: 19516, bytesRead: 4100 },
  "mdpo-tsallis": { launches: [15, 13], dispatches: 213, submits: 3, bytesWritten: 3136, bytesRead: 1044 },
  "mdpo-euclidean": { launches: [15, 13], dispatches: 213, submits: 3, bytesWritten: 3136, bytesRead: 1044 },
  smdpo: { launches: [15, 13], dispatches: 213, submits: 3, bytesWritten: 3136, bytesRead: 1044 },
  "online-mirror-descent": { launches: [15, 13], dispatches: 213, submits: 3, bytesWritten: 3136, bytesRead: 1044 },
  "magnetic-mirror-descent": {
    launches: [15, 1, 13], dispatches: 224, submits: 4, bytesWritten: 3136, bytesRead: 1212,
  },
  warp: { launches: [15, 13], dispatches: 223, submits: 3, bytesWritten: 3136, bytesRead: 1212 },
  "v-mpo": { launches: [21, 13], dispatches: 243, submits: 3, bytesWritten: 3136, bytesRead: 1104 },
  "clipped-maximum-a-posteriori": {
    launches: [17, 13], dispatches: 223, submits: 3, bytesWritten: 3136, bytesRead: 1044,
  },
  "kl-ppo": { launches: [22], dispatches: 280, submits: 2, bytesWritten: 3136, bytesRead: 1044 },
  "kl-ppo-adaptive": { launches: [22, 4], dispatches: 285, submits: 3, bytesWritten: 3136, bytesRead: 1048 },
  "ppo-dual-clip": { launches: [22], dispatches: 280, submits: 2, bytesWritten: 3140, bytesRead: 1048 },
  spo: { launches: [22], dispatches: 280, submits: 2, bytesWritten: 3136, bytesRead: 1044 },
  bpo: { launches: [18], dispatches: 272, submits: 2, bytesWritten: 3136, bytesRead: 1544 },
  "discovered-policy-optimization": {
    launches: [22], dispatches: 280, submits: 2, bytesWritten: 3136, bytesRead: 1044,
  },
  fixpo: { launches: [22, 11], dispatches: 2880, submits: 3, bytesWritten: 3136, bytesRead: 1064 },
  espo: { launches: [22], dispatches: 280, submits: 2, bytesWritten: 3136, bytesRead: 1044 },
  "ppo-sample-dropout": { launches: [24], dispatches: 296, submits: 2, bytesWritten: 3136, bytesRead: 1044 },
  "espo-sample-dropout": { launches: [24], dispatches: 296, submits: 2, bytesWritten: 3136, bytesRead: 1044 },
  "preconditioned-ppo": { launches: [22], dispatches: 280, submits: 2, bytesWritten: 3136, bytesRead: 1044 },
  "ppo-ewma": { launches: [22], dispatches: 296, submits: 2, bytesWritten: 3136, bytesRead: 1216 },
  eapo: { launches: [23], dispatches: 296, submits: 2, bytesWritten: 3652, bytesRead: 1156 },
  mdac: { launches: [27], dispatches: 3392, submits: 81, bytesWritten: 19524, bytesRead: 5432 },
  ampo: {
    environment: "CartPole-v1", launches: [24], dispatches: 3144, submits: 89, bytesWritten: 23628, bytesRead: 6860,
  },
  "dual-approximation-policy-optimization": {
    environment: "CartPole-v1", launches: [27], dispatches: 3272, submits: 89, bytesWritten: 23628, bytesRead: 6860,
  },
  "greedy-actor-critic": { launches: [42], dispatches: 4288, submits: 81, bytesWritten: 19524, bytesRead: 5236 },
};

/** What is made once, when programs are loaded. */
const made = [
  "createBuffer", "createBindGroup", "createShaderModule", "createComputePipeline", "createComputePipelineAsync",
] as const;

/** Dispatches of a program with the kernels that GPUs get, whatever this adapter is. */
function launchesOf({ program }: LoadedProgram): number {
  return Number(/(\d+) dispatches/.exec(describeProgram(program))![1]);
}

/** Counts what every call of the result, an iteration, asks of the GPU. */
function counting(trainer: Trainer) {
  const { gpu, counters } = trainer.device as WebGpuDevice;
  const { queue } = gpu;
  const [one, several] = [vi.spyOn(trainer.device, "read"), vi.spyOn(trainer.device, "readAll")];
  const write = vi.spyOn(queue, "writeBuffer");
  const submit = vi.spyOn(queue, "submit");
  const making = made.map((name) => vi.spyOn(gpu, name));

  return async () => {
    const { dispatches } = counters;
    const memory = (trainer.device as WebGpuDevice).byteLength();
    for (const spy of [one, several, write, submit, ...making]) spy.mockClear();
    await trainer.update();
    const copies = await Promise.all([...one.mock.results, ...several.mock.results].map(({ value }) =>
      value as ReturnType<typeof one> | ReturnType<typeof several>));
    return {
      launches: trainer.programs.map(launchesOf),
      dispatches: counters.dispatches - dispatches,
      submits: submit.mock.calls.length,
      bytesWritten: write.mock.calls.reduce((sum, [, , data]) => sum + data.byteLength, 0),
      bytesRead: copies.flat().reduce((sum, { byteLength }) => sum + byteLength, 0),
      bytesAllocated: (trainer.device as WebGpuDevice).byteLength() - memory,
      made: making.reduce((sum, { mock }) => sum + mock.calls.length, 0),
    };
  };
}

it("every algorithm has its counts", () => {
  expect(Object.keys(rows)).toEqual(algorithms.map(({ id }) => id));
});

describeOnGpu("counts of an iteration on webgpu", () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each(Object.entries(rows))("%s: the counts of its row, and nothing is made", async (algorithm, { environment, ...row }) => {
    const { gpu, software } = await sharedDevice();
    const trainer = await createTrainer(environment ?? "Pendulum-v1", { ...countedOptions, algorithm, device: gpu });
    await trainer.update();
    const countedUpdate = counting(trainer);
    const expected = { ...row, ...(software ? {} : { dispatches: expect.any(Number) }), bytesAllocated: 0, made: 0 };
    expect(await countedUpdate()).toEqual(expected);
    trainer.dispose();
  }, 240_000);
});

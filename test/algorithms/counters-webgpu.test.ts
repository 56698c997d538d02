import { afterEach, expect, it, vi } from "vitest";
import type { WebGpuDevice } from "../../src/devices/webgpu/webgpu-device.ts";
import { createTrainer, type Trainer } from "../../src/index.ts";
import { countedOptions } from "../support/counted-training.ts";
import { describeOnGpu, sharedDevice } from "../support/webgpu.ts";

// What an iteration asks of a GPU. A change that moves a number is a regression, or a gain to be written down here.

interface Row {
  readonly dispatches: number;
  /** Command buffers: one for each run of programs, one for each vector that is read. */
  readonly submits: number;
  readonly bytesWritten: number;
  readonly bytesRead: number;
}

const rows: Readonly<Record<string, Row>> = {
  ppo: { dispatches: 280, submits: 13, bytesWritten: 3140, bytesRead: 1048 },
  mdpo: { dispatches: 213, submits: 14, bytesWritten: 3136, bytesRead: 1044 },
  trpo: { dispatches: 511, submits: 13, bytesWritten: 3136, bytesRead: 700 },
  sac: { dispatches: 3392, submits: 98, bytesWritten: 19524, bytesRead: 5432 },
  "mdpo-off-policy": { dispatches: 3336, submits: 102, bytesWritten: 19524, bytesRead: 5876 },
};

/** What is made once, when programs are loaded. */
const made = [
  "createBuffer", "createBindGroup", "createShaderModule", "createComputePipeline", "createComputePipelineAsync",
] as const;

/** Counts what every call of the result, an iteration, asks of the GPU. */
function counting(trainer: Trainer) {
  const { gpu, counters } = trainer.device as WebGpuDevice;
  const { queue } = gpu;
  const read = vi.spyOn(trainer.device, "read");
  const write = vi.spyOn(queue, "writeBuffer");
  const submit = vi.spyOn(queue, "submit");
  const making = made.map((name) => vi.spyOn(gpu, name));

  return async () => {
    const { dispatches } = counters;
    for (const spy of [read, write, submit, ...making]) spy.mockClear();
    await trainer.update();
    const copies = await Promise.all(read.mock.results.map(({ value }) => value as ReturnType<typeof read>));
    return {
      dispatches: counters.dispatches - dispatches,
      submits: submit.mock.calls.length,
      bytesWritten: write.mock.calls.reduce((sum, [, , data]) => sum + data.byteLength, 0),
      bytesRead: copies.reduce((sum, { byteLength }) => sum + byteLength, 0),
      made: making.reduce((sum, { mock }) => sum + mock.calls.length, 0),
    };
  };
}

describeOnGpu("counts of an iteration on webgpu", () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each(Object.entries(rows))("%s: the counts of its row, and nothing is made", async (algorithm, row) => {
    const { gpu } = await sharedDevice();
    const trainer = await createTrainer("Pendulum-v1", { ...countedOptions, algorithm, device: gpu });
    await trainer.update();
    const countedUpdate = counting(trainer);
    for (let iteration = 2; iteration <= 3; iteration++) {
      expect(await countedUpdate(), `iteration ${iteration}`).toEqual({ ...row, made: 0 });
    }
    trainer.dispose();
  }, 240_000);
});

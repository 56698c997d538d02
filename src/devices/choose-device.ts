import { messageOf } from "../error.ts";
import { fileBeside } from "../file-beside.ts";
import { compile } from "../program/compile.ts";
import { input, matmul, sum } from "../tensor/index.ts";
import type { Device } from "./device.ts";
import type { Threads } from "./wasm/threads.ts";
import { createWasmDevice, type WasmDevice } from "./wasm/wasm-device.ts";

export interface WantedDevice {
  readonly device: "auto" | "wasm" | "webgpu" | GPUDevice;
  readonly threads: Threads;
}

/** Which device runs the updates, and why. */
export interface ChosenDevice {
  /** For environments, acting and estimation; also the updates' device when that is wasm. */
  readonly host: WasmDevice;
  readonly updates: Device;
  readonly reason: string;
}

/**
 * Below this many multiply-adds a gradient step, no GPU is asked for: on an H100 updates of PPO with two networks of
 * 64-64 and a read-back each were faster than on one core of its host from batches of 128 (3.9 million) on.
 */
const crossover = 4e6;

/** Below this many, about 0.4 ms on one core, "auto" does not even start threads: they would save too little. */
const leastForThreads = 10e6;

/**
 * Resolves "auto", "wasm", "webgpu" or a GPUDevice. "auto" takes wasm for small steps; for others it measures a GPU
 * against the CPU on chains of matmuls as heavy as a step, when there is one (a software rasterizer is none). Throws
 * `webgpu-unavailable` when webgpu was asked for and is not there.
 */
export async function chooseDevice(
  { device: wanted, threads }: WantedDevice, multiplyAddsPerStep: number,
): Promise<ChosenDevice> {
  if (typeof wanted === "object") {
    const { createWebGpuDevice } = await webGpu();
    const updates = await createWebGpuDevice({ device: wanted });
    return { host: await createWasmDevice(), updates, reason: "the GPUDevice that was handed in" };
  }
  if (wanted === "webgpu") {
    const { createWebGpuDevice } = await webGpu();
    const updates = await createWebGpuDevice();
    return { host: await createWasmDevice(), updates, reason: `asked for: ${updates.description}` };
  }
  const isSmall = threads === "auto" && multiplyAddsPerStep < leastForThreads;
  const host = await createWasmDevice({ threads: isSmall ? 1 : threads });
  const sharing = isSmall || threads === 1 ? "" : `; ${host.description}`;
  const onHost = (reason: string): ChosenDevice => ({ host, updates: host, reason: `${reason}${sharing}` });
  if (wanted === "wasm") return onHost("asked for");
  const size = `${Math.round(multiplyAddsPerStep / 1e6)} million multiply-adds per gradient step`;
  if (multiplyAddsPerStep < crossover) return onHost(`${size}: too few for a GPU to win`);
  try {
    const { createWebGpuDevice, findAdapter } = await webGpu();
    const adapter = await findAdapter();
    if (adapter.software) return onHost(`${size}, but the only adapter is a software rasterizer`);
    return await fasterDevice(host, await createWebGpuDevice({ adapter }), { threads, multiplyAddsPerStep, size });
  } catch (error) {
    return onHost(`${size}, but no GPU: ${messageOf(error)}`);
  }
}

/** The GPU half of the engine. Most runs never need it, so the facade does not hold it. */
function webGpu(): Promise<typeof import("./webgpu/index.ts")> {
  return fileBeside("webgpu.js", "WebGPU", import("./webgpu/index.ts"), "webgpu-unavailable");
}

/** Frees both devices. Safe twice. */
export function disposeChosen({ host, updates }: ChosenDevice): void {
  if (updates !== host) updates.dispose();
  host.dispose();
}

async function fasterDevice(
  host: WasmDevice, gpu: Device,
  { threads, multiplyAddsPerStep, size }: { threads: Threads; multiplyAddsPerStep: number; size: string },
): Promise<ChosenDevice> {
  const trial = await createWasmDevice({ threads });
  const wasmTime = await measure(trial, multiplyAddsPerStep);
  const gpuTime = await measure(gpu, multiplyAddsPerStep);
  trial.dispose();
  const figures = `a trial took ${wasmTime.toFixed(1)} ms in WASM and ${gpuTime.toFixed(1)} ms on ${gpu.description}`;
  if (gpuTime < wasmTime) {
    host.dispose();
    return { host: await createWasmDevice(), updates: gpu, reason: `${size}; ${figures}` };
  }
  gpu.dispose();
  return { host, updates: host, reason: `${size}, but ${figures}; ${host.description}` };
}

/** Kernels that a gradient step takes in a row, steps between two waits, and rows that a trial has at most. */
const chain = { length: 30, steps: 4, rows: 2048 };

/**
 * Milliseconds for a few chains of small layers that take as many multiply-adds as a gradient step, and are as many
 * kernels; read-back included; the best of three.
 */
async function measure(device: Device, multiplyAdds: number): Promise<number> {
  const width = 64;
  const rows = Math.min(chain.rows, Math.ceil(multiplyAdds / (chain.length * width * width)));
  const [state, weights] = [input("state", [rows, width]), input("weights", [width, width])];
  let x = state;
  for (let layer = 0; layer < chain.length; layer++) x = matmul(x, weights);
  const loaded = await device.load(compile({ outputs: { total: sum(x) }, updates: [[state, x]] }));
  device.write(loaded.buffer("state"), new Float32Array(rows * width).fill(1));
  device.write(loaded.buffer("weights"), new Float32Array(width * width).fill(1 / width));
  let best = Infinity;
  for (let repeat = 0; repeat < 4; repeat++) {
    const start = performance.now();
    loaded.run(chain.steps);
    await device.read(loaded.buffer("total"));
    if (repeat > 0) best = Math.min(best, performance.now() - start);
  }
  loaded.dispose();
  return best;
}

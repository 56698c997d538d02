import { messageOf } from "../error.ts";
import { compile } from "../program/compile.ts";
import { input, matmul, mul, sum } from "../tensor/index.ts";
import type { Device } from "./device.ts";
import type { Threads } from "./wasm/threads.ts";
import { createWasmDevice, type WasmDevice } from "./wasm/wasm-device.ts";
import { findAdapter } from "./webgpu/request-device.ts";
import { createWebGpuDevice } from "./webgpu/webgpu-device.ts";

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
 * Below this many multiply-adds a gradient step takes a core less than about 5 ms, and no GPU is asked for: its
 * dispatches, uploads and the read-back would eat what it wins.
 */
const crossover = 100e6;

/** Below this many, about 0.4 ms on one core, "auto" does not even start threads: they would save too little. */
const leastForThreads = 10e6;

/**
 * Resolves "auto", "wasm", "webgpu" or a GPUDevice. "auto" takes wasm for small steps; for large ones it measures a
 * GPU against the CPU on a short chain of matmuls, when there is one (a software rasterizer is none). Throws
 * `webgpu-unavailable` when webgpu was asked for and is not there.
 */
export async function chooseDevice(
  { device: wanted, threads }: WantedDevice, multiplyAddsPerStep: number,
): Promise<ChosenDevice> {
  if (typeof wanted === "object") {
    const updates = await createWebGpuDevice({ device: wanted });
    return { host: await createWasmDevice(), updates, reason: "the GPUDevice that was handed in" };
  }
  if (wanted === "webgpu") {
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
    const adapter = await findAdapter();
    if (adapter.software) return onHost(`${size}, but the only adapter is a software rasterizer`);
    return await fasterDevice(host, await createWebGpuDevice({ adapter }), threads, size);
  } catch (error) {
    return onHost(`${size}, but no GPU: ${messageOf(error)}`);
  }
}

/** Frees both devices. Safe twice. */
export function disposeChosen({ host, updates }: ChosenDevice): void {
  if (updates !== host) updates.dispose();
  host.dispose();
}

async function fasterDevice(host: WasmDevice, gpu: Device, threads: Threads, size: string): Promise<ChosenDevice> {
  const trial = await createWasmDevice({ threads });
  const [wasmTime, gpuTime] = [await measure(trial), await measure(gpu)];
  trial.dispose();
  const figures = `a trial took ${wasmTime.toFixed(1)} ms in WASM and ${gpuTime.toFixed(1)} ms on ${gpu.description}`;
  if (gpuTime < wasmTime) {
    host.dispose();
    return { host: await createWasmDevice(), updates: gpu, reason: `${size}; ${figures}` };
  }
  gpu.dispose();
  return { host, updates: host, reason: `${size}, but ${figures}; ${host.description}` };
}

/**
 * Milliseconds for ten layers of 256 x 256 on 256 rows and their sum, 170 million multiply-adds, read-back included;
 * the best of three.
 */
async function measure(device: Device): Promise<number> {
  const weights = input("weights", [256, 256]);
  let x = weights;
  for (let layer = 0; layer < 10; layer++) x = mul(1 / 16, matmul(x, weights));
  const loaded = await device.load(compile({ outputs: { total: sum(x) } }));
  device.write(loaded.buffer("weights"), new Float32Array(256 * 256).fill(1 / 16));
  let best = Infinity;
  for (let repeat = 0; repeat < 4; repeat++) {
    const start = performance.now();
    loaded.run();
    await device.read(loaded.buffer("total"));
    if (repeat > 0) best = Math.min(best, performance.now() - start);
  }
  loaded.dispose();
  return best;
}

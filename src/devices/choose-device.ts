import type { Device } from "./device.ts";
import { createWasmDevice, type WasmDevice } from "./wasm/wasm-device.ts";
import { findAdapter } from "./webgpu/request-device.ts";
import { createWebGpuDevice } from "./webgpu/webgpu-device.ts";

/** Which device runs the updates, and why. */
export interface ChosenDevice {
  /** For environments, acting and estimation; also the updates' device when that is wasm. */
  readonly host: WasmDevice;
  readonly updates: Device;
  readonly reason: string;
}

/**
 * Below this many multiply-adds an update is faster in WASM than on a GPU: 30 dispatches of some 50 us each take as long as a core needs
 * for that many (it does about 20e9 a second). Derived, not yet measured on a GPU.
 */
const crossover = 30e6;

/**
 * Resolves "auto", "wasm", "webgpu" or a GPUDevice. "auto" takes wasm for small updates, without asking for a GPU; for large ones a GPU
 * when there is one (a software rasterizer is none). Throws `webgpu-unavailable` when webgpu was asked for and is not there.
 */
export async function chooseDevice(wanted: "auto" | "wasm" | "webgpu" | GPUDevice, multiplyAddsPerUpdate: number): Promise<ChosenDevice> {
  const host = await createWasmDevice();
  if (wanted === "wasm") return { host, updates: host, reason: "asked for" };
  if (typeof wanted === "object") {
    return { host, updates: await createWebGpuDevice({ device: wanted }), reason: "the GPUDevice that was handed in" };
  }
  if (wanted === "webgpu") {
    const updates = await createWebGpuDevice();
    return { host, updates, reason: `asked for: ${updates.description}` };
  }
  const size = `${(multiplyAddsPerUpdate / 1e6).toFixed(2)} million multiply-adds per update`;
  if (multiplyAddsPerUpdate < crossover) return { host, updates: host, reason: `${size}: faster in WASM than in GPU dispatches` };
  try {
    const adapter = await findAdapter();
    if (adapter.software) return { host, updates: host, reason: `${size}, but the only adapter is a software rasterizer` };
    const updates = await createWebGpuDevice({ adapter });
    return { host, updates, reason: `${size}: ${updates.description}` };
  } catch (error) {
    return { host, updates: host, reason: `${size}, but no GPU: ${error instanceof Error ? error.message : String(error)}` };
  }
}

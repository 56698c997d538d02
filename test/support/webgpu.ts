import { describe, it } from "vitest";
import { createWebGpuDevice, type WebGpuDevice, type WebGpuOptions } from "../../src/devices/webgpu/webgpu-device.ts";
import { findAdapter } from "../../src/devices/webgpu/request-device.ts";

// Tests on a GPU, in runtimes that have one. Where none is found a skipped test says so by its title.

let shared: WebGpuDevice | undefined;
let absence: string | undefined;
let adapterName = "";
try {
  adapterName = (await findAdapter()).description;
} catch (cause) {
  absence = (cause as Error).message;
}

/** SwiftShader compiles a kernel in up to a second, llvmpipe in milliseconds: long tables run on the latter. */
export const compilesSlowly = /swiftshader/i.test(adapterName);

/** One device for all tests of a file: pipelines are compiled once. */
export async function sharedDevice(): Promise<WebGpuDevice> {
  shared ??= await createWebGpuDevice();
  return shared;
}

let withGpuKernels: WebGpuDevice | undefined;

/** A device with the kernels that GPUs get, whatever this adapter is. */
export async function gpuKernels(): Promise<WebGpuDevice> {
  withGpuKernels ??= await createWebGpuDevice({ kernels: "gpu" });
  return withGpuKernels;
}

export const freshDevice = (options: WebGpuOptions = {}): Promise<WebGpuDevice> => createWebGpuDevice(options);

export function describeOnGpu(title: string, tests: () => void): void {
  if (absence === undefined) describe(title, tests);
  else describe(title, () => { it.skip(`SKIPPED, NOTHING WAS TESTED: ${absence}`, () => {}); });
}

import { expect } from "vitest";
import type { Program } from "../../src/program/program.ts";
import type { WebGpuDevice } from "../../src/devices/webgpu/webgpu-device.ts";
import { runReference, type Memory } from "./program-reference.ts";
import { sharedDevice } from "./webgpu.ts";

type Results = Record<string, number[]>;

/** Runs a program on the GPU and in float64; returns both. */
export async function both(
  program: Program, inputs: Memory, device?: WebGpuDevice,
): Promise<{ gpu: Results; reference: Results }> {
  device ??= await sharedDevice();
  const loaded = await device.load(program);
  for (const name of program.inputs.keys()) {
    const buffer = loaded.buffer(name);
    const data = Array.from(inputs[name] ?? []);
    device.write(buffer, buffer.dtype === "f32" ? new Float32Array(data) : new Int32Array(data));
  }
  loaded.run();
  const names = [...program.inputs.keys(), ...program.outputs.keys()];
  const gpu = Object.fromEntries(await Promise.all(names.map(async (name) =>
    [name, Array.from(await device.read(loaded.buffer(name)))] as const)));
  loaded.dispose();
  const rounded = Object.fromEntries(Object.entries(inputs).map(([name, data]) =>
    [name, program.buffers[program.inputs.get(name)!]!.dtype === "f32" ? Array.from(data, Math.fround) : data]));
  return { gpu, reference: runReference(program, rounded) };
}

/** Every element within `tolerance`, relative above 1; 0 asks for the same number. */
export function close(actual: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(wanted.length);
  actual.forEach((value, i) => {
    const error = Math.abs(value - wanted[i]!);
    if (!(Object.is(value, wanted[i]) || error <= tolerance * Math.max(1, Math.abs(wanted[i]!)))) {
      expect.fail(`element ${i}: ${value} instead of ${wanted[i]} (error ${error})`);
    }
  });
}

/** Smooth numbers within +-scale that repeat late. */
export const wave = (length: number, scale = 2): number[] =>
  Array.from({ length }, (_, i) => scale * Math.sin(1 + i * 1.7) * Math.cos(i * 0.31));

import { createWasmDevice } from "../devices/wasm/wasm-device.ts";
import { BregmanError } from "../error.ts";
import { compile } from "../program/compile.ts";
import { streamState } from "../random/streams.ts";
import * as t from "../tensor/index.ts";
import { sizeOf, type Shape } from "../tensor/shape.ts";
import type { Initializer, ParameterSpec } from "./module.ts";
import { parameterCount, parameterPlaces } from "./parameters.ts";

/**
 * First values of all parameters, flat, in the order of `specs`. The same (specs, seed, draw) gives the same bits in
 * every engine: the random numbers come from the stream "initialization" through a compiled program, and the host only
 * adds, multiplies, divides and takes square roots. Networks that are initialized apart from each other (policy, value,
 * ...) need different `draw`s, or they begin equal.
 *
 * Throws `invalid-shape` for an orthogonal parameter that is not [inputs, outputs].
 */
export async function initializeParameters(
  specs: readonly ParameterSpec[],
  seed: number,
  draw = 0,
): Promise<Float32Array<ArrayBuffer>> {
  const values = new Float32Array(parameterCount(specs));
  const places = parameterPlaces(specs);
  const noise = await drawNoise(specs, seed, draw);
  let at = 0;
  for (const { spec, start, stop } of places) {
    const needed = kindOfNoise(spec.initializer) === undefined ? 0 : stop - start;
    fill(values.subarray(start, stop), spec, noise.subarray(at, at + needed));
    at += needed;
  }
  return values;
}

function kindOfNoise({ kind }: Initializer): "normal" | "uniform" | undefined {
  if (kind === "orthogonal" || kind === "normal") return "normal";
  return kind === "uniform" ? "uniform" : undefined;
}

/** Standard normal or uniform (0, 1) numbers for each parameter that wants some, one after the other. */
async function drawNoise(specs: readonly ParameterSpec[], seed: number, draw: number): Promise<Float32Array> {
  const wanted = specs.flatMap(({ shape, initializer }) => {
    const kind = kindOfNoise(initializer);
    return kind ? [{ kind, size: sizeOf(shape) }] : [];
  });
  if (wanted.length === 0) return new Float32Array(0);
  const state = t.input("state", [4], "i32");
  // One salt a parameter: the size of one does not shift the numbers of the next.
  const noise = t.concat(wanted.map(({ kind, size }, salt) =>
    kind === "normal" ? t.randomNormal(state, [size], salt) : t.randomUniform(state, [size], salt)), 0);
  const device = await createWasmDevice();
  const program = await device.load(compile({ outputs: { noise } }));
  const start = streamState(seed, "initialization");
  start[2] = draw;
  device.write(program.buffer("state"), start);
  program.run();
  const result = await device.read(program.buffer("noise")) as Float32Array;
  device.dispose();
  return result;
}

function fill(values: Float32Array, { name, shape, initializer }: ParameterSpec, noise: Float32Array): void {
  switch (initializer.kind) {
    case "zeros": return;
    case "constant": values.fill(initializer.value); return;
    case "orthogonal": return fillOrthogonal(values, name, shape, initializer.gain, noise);
    case "normal": {
      const deviation = initializer.gain / Math.sqrt(fanOf(shape, initializer.fan));
      values.forEach((_, i) => (values[i] = deviation * noise[i]!));
      return;
    }
    case "uniform": {
      const bound = initializer.gain * Math.sqrt(3 / fanOf(shape, initializer.fan));
      values.forEach((_, i) => (values[i] = bound * (2 * noise[i]! - 1)));
      return;
    }
  }
}

/** [..., inputs, outputs]: what feeds one output, or the mean of inputs and outputs. */
function fanOf(shape: Shape, fan: "inputs" | "average"): number {
  const inputs = sizeOf(shape.slice(0, -1));
  return fan === "inputs" ? inputs : (inputs + (shape[shape.length - 1] ?? 1)) / 2;
}

/**
 * Orthonormal columns where there are no more outputs than inputs, else orthonormal rows, times gain. Gram and Schmidt
 * on normal vectors in float64: the triangular factor has a positive diagonal, so the result is uniform over the
 * orthogonal matrices.
 */
function fillOrthogonal(values: Float32Array, name: string, shape: Shape, gain: number, noise: Float32Array): void {
  if (shape.length !== 2) {
    throw new BregmanError("invalid-shape", `parameter "${name}": orthogonal needs [inputs, outputs], got [${shape}]`);
  }
  const [inputs, outputs] = shape as [number, number];
  const [count, length] = inputs >= outputs ? [outputs, inputs] : [inputs, outputs];
  const vectors = orthonormalize(
    Array.from({ length: count }, (_, i) => Float64Array.from(noise.subarray(i * length, (i + 1) * length))),
  );
  vectors.forEach((vector, i) => vector.forEach((value, j) => {
    values[inputs >= outputs ? j * outputs + i : i * outputs + j] = gain * value;
  }));
}

/** Makes each vector a unit vector at right angles to those before it, in place. */
function orthonormalize(vectors: Float64Array[]): Float64Array[] {
  vectors.forEach((vector, i) => {
    let before = norm(vector);
    for (;;) {
      for (let j = 0; j < i; j++) subtractProjection(vector, vectors[j]!);
      const after = norm(vector);
      // What lost half of its length is mostly rounding error of the subtraction: once more (Kahan's criterion).
      if (after > 0.5 * before) break;
      if (after === 0) vector[i] = 1;
      before = norm(vector);
    }
    const length = norm(vector);
    for (let k = 0; k < vector.length; k++) vector[k]! /= length;
  });
  return vectors;
}

function subtractProjection(vector: Float64Array, unit: Float64Array): void {
  const product = dot(vector, unit);
  for (let k = 0; k < vector.length; k++) vector[k]! -= product * unit[k]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

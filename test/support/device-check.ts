// Runs graphs on a device and compares them with the float64 interpreter.
import type { Device } from "../../src/devices/device.ts";
import { compile } from "../../src/program/compile.ts";
import type { Tensor } from "../../src/tensor/index.ts";
import { curvatureOf, deviation, gradientsOf, type Deviation, type Differentiable } from "./differentiable.ts";
import { evaluate, type InputValues } from "./interpreter.ts";

export type DeviceValues = Float32Array | Int32Array;

/** The tensors' values on the device, by one program. */
export async function runOn(device: Device, tensors: readonly Tensor[], values: InputValues): Promise<DeviceValues[]> {
  const program = compile({ outputs: Object.fromEntries(tensors.map((tensor, i) => [`result${i}`, tensor])) });
  const loaded = await device.load(program);
  for (const name of program.inputs.keys()) {
    const buffer = loaded.buffer(name);
    device.write(buffer, buffer.dtype === "f32" ? Float32Array.from(values[name]!) : Int32Array.from(values[name]!));
  }
  loaded.run();
  const results = await Promise.all(tensors.map((_, i) => device.read(loaded.buffer(`result${i}`))));
  loaded.dispose();
  return results;
}

export interface GradientCheck {
  /** Deviation of the output, and the worst over the variables of gradients and of Hessian-vector products. */
  readonly output: Deviation;
  readonly gradient: Deviation;
  readonly curvature: Deviation;
}

/** Tolerances of a device in float32, in both measures of `Deviation`. */
const tolerances = { output: 1e-5, gradient: 1e-5, curvature: 1e-4 };

/** The parts of a check that are outside the tolerances, with their numbers; empty when all is well. */
export function excesses(check: GradientCheck): string[] {
  return (["output", "gradient", "curvature"] as const)
    .filter((part) => !(Math.max(check[part].norm, check[part].element) <= tolerances[part]))
    .map((part) => `${part}: norm ${check[part].norm}, element ${check[part].element}, allowed ${tolerances[part]}`);
}

/** How far a device's float32 output, gradients and Hessian-vector products are from the float64 ones. */
export async function checkGradients(device: Device, problem: Differentiable): Promise<GradientCheck> {
  const graphs = [problem.output, ...gradientsOf(problem), ...curvatureOf(problem)];
  const [expected, actual] = [evaluate(graphs, problem.values), await runOn(device, graphs, problem.values)];
  const deviations = graphs.map((_, i) => deviation(actual[i]!, expected[i]!));
  const count = problem.variables.length;
  return {
    output: worst(deviations.slice(0, 1)),
    gradient: worst(deviations.slice(1, 1 + count)),
    curvature: worst(deviations.slice(1 + count)),
  };
}

export function worst(deviations: readonly Deviation[]): Deviation {
  return {
    norm: Math.max(0, ...deviations.map(({ norm }) => norm)),
    element: Math.max(0, ...deviations.map(({ element }) => element)),
  };
}

import { beforeAll, describe, expect, it } from "vitest";
import type { Device } from "../../src/devices/device.ts";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { checkGradients, excesses } from "../support/device-check.ts";
import { curvatureOf, deviation, differentiable, directionOf, gradientsOf, nameOf } from "../support/differentiable.ts";
import { differences, directionalDifferences } from "../support/finite-differences.ts";
import { evaluate } from "../support/interpreter.ts";
import { objectiveCases } from "../support/objective-cases.ts";
import { compilesSlowly, describeOnGpu, sharedDevice } from "../support/webgpu.ts";

const named = objectiveCases.map((each) => [each.name, each] as const);
const tolerance = 1e-6;
let device: Device;

/** An objective's value is a small difference of sums of order 1; what has to be exact is its gradient. */
const ofGradients = (lines: readonly string[]): string[] => lines.filter((line) => !line.startsWith("output"));

beforeAll(async () => {
  device = await createWasmDevice();
});

describe("the float64 gradient of each objective equals central differences, and its own gradient does too", () => {
  it.each(named)("%s", (_, each) => {
    const problem = differentiable(each);
    const gradients = evaluate(gradientsOf(problem), problem.values);
    const products = evaluate(curvatureOf(problem), problem.values);
    const slopes = directionalDifferences(gradientsOf(problem), problem.values, directionOf(problem));
    problem.variables.forEach((variable, i) => {
      const first = deviation(gradients[i]!, differences(problem.loss, problem.values, nameOf(variable)));
      const second = deviation(products[i]!, slopes[i]!);
      const largest = Math.max(first.norm, first.element, second.norm, second.element);
      expect(largest, nameOf(variable)).toBeLessThan(tolerance);
    });
  });
});

describe("on wasm, gradients of objectives agree with float64 to 1e-5, Hessian-vector products to 1e-4", () => {
  it.each(named)("%s", async (_, each) => {
    expect(ofGradients(excesses(await checkGradients(device, differentiable(each))))).toEqual([]);
  });
});

const few = ["mdpo with Kullback-Leibler, gaussian", "ppo with Kullback-Leibler, categorical"];
const onGpu = compilesSlowly ? named.filter(([name]) => few.includes(name)) : named;

describeOnGpu("on webgpu, gradients of objectives agree with float64 to 1e-5", () => {
  it.each(onGpu)("%s", async (_, each) => {
    expect(ofGradients(excesses(await checkGradients(await sharedDevice(), differentiable(each))))).toEqual([]);
  });
});

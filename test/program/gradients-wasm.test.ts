import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Device } from "../../src/devices/device.ts";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { checkGradients, excesses } from "../support/device-check.ts";
import { differentiable, tryDifferentiable } from "../support/differentiable.ts";
import { opCases } from "../support/op-cases.ts";
import { randomGraph } from "../support/random-graph.ts";

const named = opCases.map((opCase) => [opCase.name, opCase] as const);
let device: Device;

beforeAll(async () => {
  device = await createWasmDevice();
});

describe("on wasm, values and gradients agree with float64 to 1e-5, Hessian-vector products to 1e-4", () => {
  it.each(named)("%s", async (_, opCase) => {
    expect(excesses(await checkGradients(device, differentiable(opCase)))).toEqual([]);
  });

  it("random graphs", async () => {
    await fc.assert(fc.asyncProperty(randomGraph(), async (graph) => {
      const problem = tryDifferentiable(graph);
      fc.pre(problem !== undefined);
      expect(excesses(await checkGradients(device, problem)), graph.name).toEqual([]);
    }), { seed: 21, numRuns: 200 });
  });
});

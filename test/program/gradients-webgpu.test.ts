import fc from "fast-check";
import { expect, it } from "vitest";
import { checkGradients, excesses } from "../support/device-check.ts";
import { differentiable, tryDifferentiable } from "../support/differentiable.ts";
import { opCases } from "../support/op-cases.ts";
import { randomGraph } from "../support/random-graph.ts";
import { compilesSlowly, describeOnGpu, sharedDevice } from "../support/webgpu.ts";

// Where pipelines compile slowly (SwiftShader: Node and Chromium), a few cases with every kind of kernel stand for all.

const few = ["a network of two layers with tanh", "cross-entropy of a network", "softmax over axis 1",
  "gather of computed rows", "linear scan of columns in reverse"];
const cases = compilesSlowly ? opCases.filter(({ name }) => few.includes(name)) : opCases;

describeOnGpu("on webgpu, values and gradients agree with float64 to 1e-5, Hessian-vector products to 1e-4", () => {
  it.each(cases.map((opCase) => [opCase.name, opCase] as const))("%s", async (_, opCase) => {
    expect(excesses(await checkGradients(await sharedDevice(), differentiable(opCase)))).toEqual([]);
  });

  it.skipIf(compilesSlowly)("random graphs", async () => {
    const device = await sharedDevice();
    await fc.assert(fc.asyncProperty(randomGraph(), async (graph) => {
      const problem = tryDifferentiable(graph);
      fc.pre(problem !== undefined);
      expect(excesses(await checkGradients(device, problem)), graph.name).toEqual([]);
    }), { seed: 21, numRuns: 40 });
  });
});

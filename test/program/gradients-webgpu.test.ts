import fc from "fast-check";
import { expect, it } from "vitest";
import { checkGradients, excesses } from "../support/device-check.ts";
import { differentiable, tryDifferentiable } from "../support/differentiable.ts";
import { opCases } from "../support/op-cases.ts";
import { randomGraph } from "../support/random-graph.ts";
import { expectStates, stateHazards } from "../support/state-cases.ts";
import { describeOnGpu, sharedDevice } from "../support/webgpu.ts";

// A pipeline takes up to a second on SwiftShader, which Node and Chromium run on, and milliseconds in Deno on llvmpipe: the whole
// table and the random graphs run there, a few cases of every kind of kernel elsewhere.

const inDeno = "Deno" in globalThis;
const few = ["a network of two layers with tanh", "cross-entropy of a network", "softmax over axis 1", "gather of computed rows",
  "linear scan of columns in reverse"];
const cases = inDeno ? opCases : opCases.filter(({ name }) => few.includes(name));

describeOnGpu("on webgpu, values and gradients agree with float64 to 1e-5, Hessian-vector products to 1e-4", () => {
  it.each(cases.map((opCase) => [opCase.name, opCase] as const))("%s", async (_, opCase) => {
    expect(excesses(await checkGradients(await sharedDevice(), differentiable(opCase)))).toEqual([]);
  });

  it.runIf(inDeno)("random graphs", async () => {
    const device = await sharedDevice();
    await fc.assert(fc.asyncProperty(randomGraph(), async (graph) => {
      const problem = tryDifferentiable(graph);
      fc.pre(problem !== undefined);
      expect(excesses(await checkGradients(device, problem)), graph.name).toEqual([]);
    }), { seed: 21, numRuns: 40 });
  });
});

describeOnGpu("on webgpu, after a run a state holds its new value, computed from what all states held before", () => {
  const some = Object.entries(stateHazards).filter((_, i) => inDeno || i < 2);
  it.each(some)("%s", async (_, updates) => expectStates(await sharedDevice(), updates));
});

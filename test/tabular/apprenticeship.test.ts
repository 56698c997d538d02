import { describe, expect, it } from "vitest";
import { ApprenticeshipMirrorDescent, ballCosts, boxCosts } from "../../src/tabular/apprenticeship.ts";
import { stateActionOccupancy } from "../../src/tabular/convex.ts";
import { makeMdp, makePolicy, uniformPolicy } from "../../src/tabular/mdp.ts";
import { policyIteration } from "../../src/tabular/value-iteration.ts";
import { goldenMdp } from "../support/tabular.ts";

const golden = makeMdp(goldenMdp);
const expert = stateActionOccupancy(golden, policyIteration(golden).policy);
const sizes = { stepSize: (k: number) => 1 / Math.sqrt(k + 1), costStepSize: (k: number) => 1 / Math.sqrt(k + 1) };

describe("M50: online apprenticeship learning", () => {
  it("an apprentice that visits what the expert does leaves the cost where it is", () => {
    const policy = makePolicy(golden, [[0.7, 0.3], [0.2, 0.8]]);
    const run = new ApprenticeshipMirrorDescent(golden, stateActionOccupancy(golden, policy), sizes, policy);
    run.step();
    expect([...run.cost]).toEqual([0, 0, 0, 0]);
    expect([...run.policy]).toEqual([...policy]);
    expect(run.gap()).toBe(0);
  });

  it("the worst cost of the ball is the difference over its length, that of the box its signs", () => {
    const difference = Float64Array.of(0.3, -0.4, 0, 0);
    expect([...ballCosts().worst(difference)]).toEqual([0.6, -0.8, 0, 0]);
    expect([...ballCosts().project(difference)]).toEqual([...difference]);
    expect([...boxCosts(2).worst(difference)]).toEqual([2, -2, 0, 0]);
    expect([...boxCosts().project(Float64Array.of(3, -3, 0.5, 0))]).toEqual([1, -1, 0.5, 0]);
    const run = new ApprenticeshipMirrorDescent(golden, expert, sizes);
    const apart = stateActionOccupancy(golden, uniformPolicy(golden)).map((d, i) => d - expert[i]!);
    expect(run.gap()).toBeCloseTo(Math.hypot(...apart), 14);
    const boxed = new ApprenticeshipMirrorDescent(golden, expert, { ...sizes, costs: boxCosts() });
    expect(boxed.gap()).toBeCloseTo(apart.reduce((sum, d) => sum + Math.abs(d), 0), 14);
  });

  it.each([ballCosts(), boxCosts()])("the average policy's gap goes to 0 at least as 1/sqrt K ($id)", (costs) => {
    const run = new ApprenticeshipMirrorDescent(golden, expert, { ...sizes, costs });
    const gaps = [100, 400, 1600].map((k) => {
      while (run.iteration < k) run.step();
      return run.gap();
    });
    for (const i of [1, 2]) expect(gaps[i]! / gaps[i - 1]!).toBeLessThan(0.6);
    expect(run.gap(run.averagePolicy)).toBeCloseTo(run.gap(), 12);
  });

  it("an expert of another process is refused", () => {
    expect(() => new ApprenticeshipMirrorDescent(golden, new Float64Array(3), sizes)).toThrow(/4 numbers/);
  });
});

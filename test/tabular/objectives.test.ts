import { describe, expect, it } from "vitest";
import { negativeEntropy } from "../../src/maps/geometry/negative-entropy.ts";
import { averageReward } from "../../src/tabular/average-reward.ts";
import { ConvexMirrorDescent } from "../../src/tabular/convex.ts";
import { occupancyOf, valuesOf } from "../../src/tabular/evaluate-policy.ts";
import { TeamGame } from "../../src/tabular/games/team-game.ts";
import { makeMdp, makePolicy, uniformPolicy } from "../../src/tabular/mdp.ts";
import { PolicyMirrorDescent } from "../../src/tabular/policy-mirror-descent.ts";
import { goldenMdp } from "../support/tabular.ts";

const golden = makeMdp(goldenMdp);

describe("average reward", () => {
  it("is the limit of the discounted one, and the bias the limit of the differences of values", () => {
    const policy = makePolicy(golden, [[0.6, 0.4], [0.3, 0.7]]);
    const { gain, bias } = averageReward(golden, policy);
    const patient = { ...golden, discount: 0.999999 };
    const values = valuesOf(patient, policy);
    expect(values[0]! * (1 - patient.discount)).toBeCloseTo(gain, 4);
    expect(values[1]! - values[0]!).toBeCloseTo(bias[1]!, 4);
  });

  it("is what mirror descent on it maximizes", () => {
    const run = new PolicyMirrorDescent(golden, { geometry: negativeEntropy, stepSize: 2, criterion: "average" });
    for (let k = 0; k < 60; k++) run.step();
    const best = [[1, 0], [0, 1]].flatMap((first) => [[1, 0], [0, 1]].map((second) =>
      averageReward(golden, makePolicy(golden, [first, second])).gain)).reduce((a, b) => Math.max(a, b));
    expect(averageReward(golden, run.policy).gain).toBeCloseTo(best, 9);
  });
});

describe("convex objectives of the occupancy (M43)", () => {
  const entropy = {
    value: (d: Float64Array) => d.reduce((sum, x) => sum - (x > 0 ? x * Math.log(x) : 0), 0),
    gradient: (d: Float64Array) => d.map((x) => -1 - Math.log(Math.max(x, 1e-300))),
  };

  it("Frank and Wolfe's method raises the entropy to its known maximum, to within its duality gap", () => {
    const run = new ConvexMirrorDescent(golden, entropy, makePolicy(golden, [[1, 0], [1, 0]]));
    for (let k = 1; k <= 1000; k++) run.step();
    expect(run.value).toBeCloseTo(1.38375, 5);
    expect(run.dualityGap).toBeLessThan(1e-3);
    expect(run.value + run.dualityGap).toBeGreaterThan(1.38375);
  });

  it("a linear objective is reinforcement learning: one answer, the optimal occupancy", () => {
    const run = new ConvexMirrorDescent(golden,
      { value: (d) => d.reduce((sum, x, i) => sum + x * golden.rewards[i]!, 0), gradient: () => golden.rewards },
      uniformPolicy(golden));
    for (let k = 0; k < 50; k++) run.step();
    const policy = makePolicy(golden, [[1, 0], [0, 1]]);
    const best = occupancyOf(golden, policy).reduce((sum, d, s) => sum + d * [1, 2][s]!, 0);
    expect(run.value).toBeGreaterThan(best - 0.05);
    expect(run.dualityGap).toBeLessThan(0.05);
  });
});

describe("teams (M47)", () => {
  const game = new TeamGame([[1, -1], [-1, 1]]);
  const start = [[0.6, 0.4], [0.4, 0.6]];

  it("simultaneous steps destroy a coordination game that sequential ones solve", () => {
    expect(game.payoff(start)).toBeCloseTo(-0.04, 14);
    expect(game.payoff(game.step(start, 20, "simultaneous"))).toBeCloseTo(-0.9979892483, 9);
    expect(game.payoff(game.step(start, 20, "sequential"))).toBeCloseTo(0.9989941183, 9);
  });

  it("24: advantages of agents add up to the joint one", () => {
    const joint = game.payoff(start);
    for (const first of [0, 1]) {
      for (const second of [0, 1]) {
        const alone = game.actionValues(0, start)[first]! - joint;
        const given = game.actionValues(1, [[1 - first, first], start[1]!])[second]! - game.actionValues(0, start)[first]!;
        expect(alone + given).toBeCloseTo((first === second ? 1 : -1) - joint, 14);
      }
    }
  });
});

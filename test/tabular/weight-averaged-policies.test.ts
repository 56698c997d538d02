import { describe, expect, it } from "vitest";
import { mirrorStep } from "../../src/maps/geometry/mirror-step.ts";
import { negativeEntropy } from "../../src/maps/geometry/negative-entropy.ts";
import { makeBandit, makeMdp } from "../../src/tabular/mdp.ts";
import { softmaxPolicy } from "../../src/tabular/softmax-policy.ts";
import { WeightAveragedPolicies, type WeightAveragingChoices } from "../../src/tabular/weight-averaged-policies.ts";
import { goldenMdp } from "../support/tabular.ts";

const arms = makeBandit([[1, 0, -1], [0, 0.5, 0.2]]);
const first = Float64Array.of(0.2, -0.1, 0.4, 0, 0.3, -0.3);
const round = (choices: WeightAveragingChoices, mdp = arms, logits = first) =>
  new WeightAveragedPolicies(mdp, choices, logits).step();

describe("M57: weight averaged rewarded policies", () => {
  it("one run with a fixed anchor ends where the KL-regularized return is highest, at pi_0 e^{r / beta} / Z", () => {
    const run = new WeightAveragedPolicies(arms,
      { runs: 1, steps: 2000, learningRate: 4, penalty: 0.5, anchorRate: 0, share: 1 }, first);
    const { runs, merged } = run.step();
    expect([...merged]).toEqual([...runs[0]!].map((z, i) => first[i]! + (z - first[i]!)));
    expect([...run.logits]).toEqual([...merged]);
    const policy = softmaxPolicy(arms, merged);
    const start = softmaxPolicy(arms, first);
    for (const at of [0, 3]) {
      mirrorStep(negativeEntropy, start.subarray(at, at + 3), arms.rewards.subarray(at, at + 3), 2)
        .forEach((p, a) => expect(policy[at + a]).toBeCloseTo(p, 9));
    }
  });

  it("an anchor that follows at once penalizes nothing", () => {
    const [free, bound, none] = [[0, 0.5], [5, 1], [0, 1]].map(([penalty, anchorRate]) => {
      const choices = { steps: 50, learningRate: 1, penalty: penalty!, anchorRate: anchorRate!, batchSize: 4 };
      return round(choices, makeMdp(goldenMdp), first.subarray(0, 4)).merged;
    });
    expect(bound).toEqual(none);
    expect(free).toEqual(none);
  });

  it("without draws its runs are one, which is merged; with draws the merged move is as long as they are", () => {
    const exact = round({ steps: 20, learningRate: 1 });
    expect(exact.runs[1]).toEqual(exact.runs[0]);
    exact.merged.forEach((z, i) => expect(z).toBeCloseTo(exact.runs[0]![i]!, 14));
    const { runs, merged } = round({ steps: 200, learningRate: 0.5, batchSize: 2, seed: 3 });
    expect(runs[1]).not.toEqual(runs[0]);
    const length = (logits: Float64Array) => Math.hypot(...logits.map((z, i) => z - first[i]!));
    const [one, other] = runs.map(length);
    expect(length(merged)).toBeLessThan(Math.max(one!, other!) * 1.001);
    expect(length(merged)).toBeGreaterThan(Math.min(one!, other!) * 0.9);
  });

  it("the next round starts a share of the way to what was merged, and the same seed draws the same", () => {
    const choices = { steps: 30, learningRate: 0.5, batchSize: 2, share: 0.3, runs: 3, seed: 1 };
    const run = new WeightAveragedPolicies(arms, choices, first);
    const { merged } = run.step();
    run.logits.forEach((z, i) => expect(z).toBeCloseTo(0.7 * first[i]! + 0.3 * merged[i]!, 14));
    expect(round(choices).merged).toEqual(merged);
    expect(() => new WeightAveragedPolicies(arms, choices, new Float64Array(2))).toThrow(/6 logits/);
  });
});

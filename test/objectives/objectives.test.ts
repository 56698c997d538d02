import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rolloutObjectives as objectives } from "../../src/algorithms/registry.ts";
import { mdpo } from "../../src/objectives/mdpo.ts";
import type { Objective, Quantities } from "../../src/objectives/objective.ts";
import { policyGradient } from "../../src/objectives/policy-gradient.ts";
import { ppo } from "../../src/objectives/ppo.ts";
import { quantitiesOf } from "../../src/objectives/quantities.ts";
import { surrogateAdvantage } from "../../src/objectives/surrogate-advantage.ts";
import { valueLoss } from "../../src/objectives/value-loss.ts";
import { categorical } from "../../src/distributions/categorical.ts";
import { kl } from "../../src/maps/kl.ts";
import * as t from "../../src/tensor/index.ts";
import { evaluate } from "../support/interpreter.ts";

const names = ["ratio", "advantage", "logProb", "divergence"] as const;
const given = {
  ratio: [1.5, 0.5, 1.5, 0.5, 1.1], advantage: [2, 2, -2, -2, 1], logProb: [-1, -2, -3, -4, -5],
  divergence: [1, 2, 3, 4, 5],
};

/** The objective of five samples whose quantities are given; reading anything else fails. */
function valueOf(objective: Objective): number {
  const quantities: Partial<Record<keyof Quantities, t.Tensor>> = {
    stepSize: t.scalar(0.25), clipRange: t.scalar(0.2),
  };
  for (const name of names) quantities[name] = t.input(name, [5]);
  return evaluate([objective.surrogate(quantities as unknown as Quantities)], given)[0]![0]!;
}

describe("objectives, by hand", () => {
  it("PPO takes the worse of the plain and the clipped ratio", () => {
    expect(valueOf(ppo)).toBeCloseTo((1.2 * 2 + 0.5 * 2 + 1.5 * -2 + 0.8 * -2 + 1.1) / 5, 12);
  });
  it("13: PPO is the linearized return less its drift relu((ratio - clip(ratio)) advantage), sample by sample", () => {
    const sample = fc.record({
      ratio: fc.double({ min: 0, max: 5, noNaN: true }), advantage: fc.double({ min: -9, max: 9, noNaN: true }),
    });
    const one = { ratio: t.input("ratio", [1]), advantage: t.input("advantage", [1]), clipRange: t.scalar(0.2) };
    const surrogate = ppo.surrogate(one as unknown as Quantities);
    fc.assert(fc.property(sample, ({ ratio, advantage }) => {
      const drift = Math.max(0, (ratio - Math.min(Math.max(ratio, 0.8), 1.2)) * advantage);
      const actual = evaluate([surrogate], { ratio: [ratio], advantage: [advantage] })[0]![0];
      expect(actual).toBeCloseTo(ratio * advantage - drift, 13);
    }), { numRuns: 1000 });
  });
  it("MDPO subtracts the divergence over the step size", () => {
    expect(valueOf(mdpo)).toBeCloseTo((3 + 1 - 3 - 1 + 1.1) / 5 - 3 / 0.25, 12);
  });
  it("the linearized return and the score function", () => {
    expect(valueOf(surrogateAdvantage)).toBeCloseTo((3 + 1 - 3 - 1 + 1.1) / 5, 12);
    expect(valueOf(policyGradient)).toBeCloseTo((-2 - 4 + 6 + 8 - 5) / 5, 12);
  });
  it("each says its formula and its paper", () => {
    for (const { formula, paper } of objectives) expect([formula, paper].every((text) => text.length > 10)).toBe(true);
    expect(new Set(objectives.map(({ id }) => id)).size).toBe(objectives.length);
  });
});

describe("the critic's loss", () => {
  const [value, target, old] = [t.input("value", [3]), t.input("target", [3]), t.input("old", [3])];
  const values = { value: [1, 2, 0], target: [0, 0, 1], old: [0, 2.1, 0.5] };

  it("plain", () => {
    expect(evaluate([valueLoss(value, target)], values)[0]![0]).toBeCloseTo((1 + 4 + 1) / 3, 12);
  });
  it("clipped: the larger of the two squares", () => {
    // Clipped values: 0.2 (squares 1 and 0.04), 2 (4 and 4), 0.3 (1 and 0.49).
    expect(evaluate([valueLoss(value, target, old, 0.2)], values)[0]![0]).toBeCloseTo((1 + 4 + 1) / 3, 12);
    // On the other side of the target the clipped value is the worse one.
    const worse = { value: [0.1, 0, 0], target: [0, 0, 0], old: [1, 0, 0] };
    expect(evaluate([valueLoss(value, target, old, 0.2)], worse)[0]![0]).toBeCloseTo(0.8 * 0.8 / 3, 12);
  });
});

describe("quantities are lazy", () => {
  it("what an objective does not touch is not traced", () => {
    const touched: string[] = [];
    const logProbs = t.input("logits", [2, 3]);
    const spied = (name: string) => {
      const real = categorical(t.logSoftmax(logProbs));
      return {
        ...real,
        kl: (other: never) => (touched.push(`${name}.kl`), real.kl(other)),
        entropy: () => (touched.push(`${name}.entropy`), real.entropy()),
      };
    };
    const quantities = quantitiesOf({
      policy: spied("new"), oldPolicy: spied("old"), action: t.input("action", [2, 1], "i32"),
      oldLogProb: t.input("old", [2]),
      advantage: t.input("advantage", [2]), map: kl,
      scheduled: (name) => (touched.push(name), t.scalar(1)),
    });
    surrogateAdvantage.surrogate(quantities);
    expect(touched).toEqual([]);
    ppo.surrogate(quantities);
    expect(touched).toEqual(["clipRange"]);
    mdpo.surrogate(quantities);
    expect(touched).toEqual(["clipRange", "new.kl", "stepSize"]);
    expect(quantities.ratio).toBe(quantities.ratio);
  });
});

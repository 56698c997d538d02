import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Hyperparameters } from "../../src/agent/hyperparameters.ts";
import { anchorStates, renewals } from "../../src/anchors/renew.ts";
import { frozen, movingAverage, weightedMean, type Anchor } from "../../src/anchors/anchor.ts";
import * as t from "../../src/tensor/index.ts";
import { evaluate } from "../support/interpreter.ts";

const parameters = t.input("parameters", [2]);
const hyperparameters = { anchorDecay: 0.8, anchorShare: 0.25 } as Hyperparameters;
const weighted = weightedMean("mean", "anchorDecay", "each step");
const average = movingAverage("mean", "anchorShare", "each iteration");

/** The anchor's states after each of the vectors was the newest; the first is where it begins. */
function renewed(anchor: Anchor, vectors: readonly number[][], active?: t.Tensor): Record<string, ArrayLike<number>> {
  const [first, ...later] = vectors;
  const state: Record<string, ArrayLike<number>> = { "anchor.mean": first!, "anchor.mean.weight": [1] };
  for (const vector of later) {
    const changes = ["each step", "each iteration"].flatMap((time) =>
      renewals(anchor, time as "each step", parameters, hyperparameters, active));
    const after = evaluate(changes.map(([, next]) => next), { ...state, parameters: vector });
    changes.forEach(([before], i) => { state[(before.operation as { name: string }).name] = after[i]!; });
  }
  return state;
}

const entry = fc.double({ min: -5, max: 5, noNaN: true });
const vectors = fc.array(fc.tuple(entry, entry), { minLength: 2, maxLength: 6 });

describe("anchors of parameters", () => {
  it("23: the weighted mean (PPO-EWMA) is the geometric sum of all parameters over the sum of the weights", () => {
    fc.assert(fc.property(vectors, (all) => {
      const weights = all.map((_, i) => 0.8 ** (all.length - 1 - i));
      const total = weights.reduce((a, b) => a + b);
      const { "anchor.mean": mean, "anchor.mean.weight": weight } = renewed(weighted, all);
      for (const i of [0, 1]) {
        expect(mean![i]).toBeCloseTo(all.reduce((sum, vector, k) => sum + weights[k]! * vector[i]!, 0) / total, 12);
      }
      expect(weight![0]).toBeCloseTo(total, 12);
    }));
    expect(anchorStates(weighted, 2)).toEqual({
      "anchor.mean": { size: 2, initial: 0 }, "anchor.mean.weight": { size: 1, initial: 1 },
    });
  });

  it("a moving average takes its share of the newest parameters", () => {
    const { "anchor.mean": mean } = renewed(average, [[0, 8], [4, 0], [0, 0]]);
    expect([...Array.from(mean!)]).toEqual([0.75, 4.5]);
  });

  it("a frozen reference never changes, and nothing does once an iteration's steps have ended", () => {
    expect(renewals(frozen("mean"), "each step", parameters, hyperparameters, undefined)).toEqual([]);
    const { "anchor.mean": mean } = renewed(weighted, [[1, 2], [5, 5]], t.less(1, t.scalar(0)));
    expect([...Array.from(mean!)]).toEqual([1, 2]);
  });
});

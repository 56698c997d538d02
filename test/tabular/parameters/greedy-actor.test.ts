import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GreedyActor, topShare } from "../../../src/tabular/parameters/greedy-actor.ts";

const row = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 5, maxLength: 5 })
  .map((weights) => weights.map((w) => w / weights.reduce((a, b) => a + b)));
const values = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 5, maxLength: 5 });
const shares = fc.double({ min: 0.05, max: 1, noNaN: true });

describe("M36: the conditional cross-entropy method", () => {
  it("takes the best of the proposal's mass, and of the border what is missing", () => {
    [...topShare([0.1, 0.3, 0.6], [3, 2, 1], 0.25)].forEach((p, a) => expect(p).toBeCloseTo([0.4, 0.6, 0][a]!, 15));
    [...topShare([0.2, 0.2, 0.6], [1, 1, 0], 0.2)].forEach((p, a) => expect(p).toBeCloseTo([0.5, 0.5, 0][a]!, 15));
    expect([...topShare([0, 1], [5, 0], 0.1)]).toEqual([0, 1]);
    expect(() => topShare([1], [0], 0)).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });

  it("is a distribution that is expected to be worth no less, and with share 1 the proposal", () => {
    fc.assert(fc.property(row, values, shares, (proposal, q, share) => {
      const target = topShare(proposal, q, share);
      const worth = (p: ArrayLike<number>) => q.reduce((sum, x, a) => sum + x * p[a]!, 0);
      expect(target.reduce((sum, p) => sum + p)).toBeCloseTo(1, 13);
      expect(worth(target)).toBeGreaterThan(worth(proposal) - 1e-12);
      topShare(proposal, q, 1).forEach((p, a) => expect(Math.abs(p - proposal[a]!)).toBeLessThan(1e-15));
    }));
  });

  it("is where the best of many samples go: the target is the mean of their shares", () => {
    const [proposal, q] = [[0.3, 0.5, 0.2], [1, 0, 2]];
    // N samples as counts: the largest remainder of N p.
    const counts = proposal.map((p) => Math.round(1e6 * p));
    const kept = [2, 0, 1].reduce<{ left: number; taken: number[] }>(({ left, taken }, a) => {
      taken[a] = Math.min(left, counts[a]!);
      return { left: left - taken[a], taken };
    }, { left: 4e5, taken: [0, 0, 0] }).taken;
    topShare(proposal, q, 0.4).forEach((p, a) => expect(p).toBeCloseTo(kept[a]! / 4e5, 12));
  });

  it("concentrates the actor on the higher of two modes, though the lower is broader", () => {
    const actions = Array.from({ length: 41 }, (_, i) => -2 + i / 10);
    const q = actions.map((a) => Math.exp(-((a - 1) ** 2) * 20) + 0.8 * Math.exp(-((a + 1) ** 2)));
    const learner = new GreedyActor(41, { share: 0.1, entropyWeight: 0.1, rate: 1 });
    for (let k = 0; k < 300; k++) learner.step(q);
    const near = (policy: ArrayLike<number>) =>
      actions.reduce((sum, a, i) => sum + (Math.abs(a - 1) < 0.35 ? policy[i]! : 0), 0);
    expect(near(learner.actor)).toBeGreaterThan(0.95);
    expect(near(learner.proposal)).toBeLessThan(near(learner.actor));
  });
});

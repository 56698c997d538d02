import { describe, expect, it } from "vitest";
import { mirrorStep, proximalStep } from "../../../src/maps/geometry/mirror-step.ts";
import { negativeEntropy, softmax } from "../../../src/maps/geometry/negative-entropy.ts";
import { exploitability, type Game, type Profile } from "../../../src/tabular/games/game.ts";
import { conversationGame, preferenceGame, winRates, type Turns } from "../../../src/tabular/games/preference-game.ts";
import { selfPlayLoss } from "../../../src/tabular/games/self-play-residual.ts";
import { selfPlayMethods } from "../../../src/tabular/games/self-play-methods.ts";
import { SelfPlay, type SelfPlayChoices } from "../../../src/tabular/games/self-play.ts";
import { chiSquareDivergence, klDivergence, reverseKlDivergence } from "../../../src/tabular/policy-divergences.ts";

const near = (actual: ArrayLike<number>, expected: ArrayLike<number>, digits = 11) =>
  Array.from(expected).forEach((value, i) => expect(actual[i]).toBeCloseTo(value, digits));
function played(game: Game, iterations: number, choices: SelfPlayChoices): SelfPlay {
  const run = new SelfPlay(game, choices);
  for (let k = 0; k < iterations; k++) run.step();
  return run;
}

/** The catalogue's tilted game (M44) as preferences, its two players' payoffs halved so that P + P' = 1. */
const tilted = [[0, -3, 3], [3, 0, -1], [-3, 1, 0]].map((row) => row.map((x) => (x + 3) / 6));

describe("M53: magnetic preference optimization", () => {
  it("with a magnet that stays it reproduces the quantal response equilibrium of M44", () => {
    const { profile } = played(preferenceGame(tilted), 300, { stepSize: 0.5, magnetWeight: 0.5 });
    for (const player of profile) near(player[0]!, [0.298133194369, 0.413820454585, 0.288046351046]);
  });

  it("with a magnet that is renewed its last policy goes to the equilibrium of the game itself", () => {
    const game = preferenceGame(tilted);
    const after = (id: string) => exploitability(game,
      played(game, 4000, selfPlayMethods.find((method) => method.id === id)!.choices).profile);
    expect(after("magnetic-preference-optimization")).toBeLessThan(1e-4);
    expect(after("annealed-magnetic-mirror-descent")).toBeLessThan(2e-2);
    expect(after("magnetic-mirror-descent")).toBeGreaterThan(1e-2);
  });

  it("preferences that do not sum to 1 are refused, as are rows that are no square", () => {
    expect(() => preferenceGame([[0.5, 0.7], [0.4, 0.5]])).toThrow(/P\(i > j\) \+ P\(j > i\) = 1/);
    expect(() => preferenceGame([[0.5, 0.7]])).toThrow(/as many numbers/);
    expect(() => conversationGame([0, [1, 2]], [[0.5, 0.7], [0.3, 0.5]])).toThrow(/conversations from 0 to 1/);
  });
});

describe("M54: regularized self-play", () => {
  const preferences = [[0.5, 0.7, 0.2], [0.3, 0.5, 0.9], [0.8, 0.1, 0.5]];
  const old = [0.5, 0.3, 0.2];
  const rates = winRates(preferences, old);

  it("has its golden win rates and mirror step, which leaves no residual once the normalizer is exact", () => {
    near(rates, [0.5, 0.48, 0.53], 14);
    const step = mirrorStep(negativeEntropy, old, rates, 1);
    near(step, [0.499924756933, 0.2940153501, 0.206059892967]);
    const free = old.map((p, a) => p * Math.exp(rates[a]! - 1 / 2));   // not normalized
    expect(selfPlayLoss(free, old, rates, { stepSize: 1 }).value).toBeLessThan(1e-30);
    expect(selfPlayLoss(step, old, rates, { stepSize: 1 }).value)
      .toBeLessThan(0.01 * selfPlayLoss(old, old, rates, { stepSize: 1 }).value);
  });

  it.each([undefined, klDivergence, reverseKlDivergence, chiSquareDivergence])(
    "the gradient in logits is that of the loss (%#)", (divergence) => {
      const choices = {
        stepSize: 1.5, ...divergence && { regularizer: { divergence, weight: 0.3, reference: [0.2, 0.5, 0.3] } },
      };
      const logits = [0.3, -0.2, 0.1];
      const value = (z: number[]) => selfPlayLoss(softmax(z), old, rates, choices).value;
      const slopes = logits.map((_, i) => [1e-5, -1e-5].map((h) => value(logits.map((z, j) => (i === j ? z + h : z)))));
      near(selfPlayLoss(softmax(logits), old, rates, choices).gradient, slopes.map(([a, b]) => (a! - b!) / 2e-5), 8);
    });

  it("at the old policy its gradient is -2 eta that of the magnetic step with alpha = lambda / (2 eta)", () => {
    const [eta, lambda, reference] = [1.5, 0.3, [0.2, 0.5, 0.3]];
    const alpha = lambda / (2 * eta);
    const signal = rates.map((r, a) => r - alpha * Math.log(old[a]! / reference[a]!));
    const mean = signal.reduce((sum, g, a) => sum + old[a]! * g, 0);
    const { gradient } = selfPlayLoss(old, old, rates,
      { stepSize: eta, regularizer: { divergence: klDivergence, weight: lambda, reference } });
    near(gradient, signal.map((g, a) => -2 * eta * old[a]! * (g - mean)), 14);
  });
});

describe("M55: preferences over whole conversations", () => {
  /** Up to three turns; of the five conversations each beats the two before it in a circle, the later ones clearer. */
  const turns: Turns = [[0, 1], [2, [3, 4]]];
  const circle = Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (__, j) => {
    const ahead = (i - j + 5) % 5;
    const lead = ahead === 0 ? 0 : 0.05 * (1 + i + j);
    return ahead <= 2 ? 0.5 + lead : 0.5 - lead;
  }));
  const choices = { stepSize: 0.5, magnetWeight: 0.2 };
  /** The chances of the conversations under one player's policy. */
  const conversations = ([rows]: Profile): number[] => {
    const chances = new Array<number>(5).fill(0);
    let set = 0;
    (function follow(next: number | Turns, chance: number): void {
      if (typeof next === "number") {
        chances[next] = chance;
        return;
      }
      const policy = rows[set++]!;
      next.forEach((reply, a) => follow(reply, chance * policy[a]!));
    })(turns, 1);
    return chances;
  };

  it("one turn is single-turn self-play, step for step", () => {
    const [one, other] = [conversationGame([0, 1, 2], tilted), preferenceGame(tilted)]
      .map((game) => played(game, 20, { ...choices, isSoft: true }).profile);
    for (const player of [0, 1]) near(one![player]![0]!, other![player]![0]!, 14);
  });

  it("with soft values it settles where self-play over whole conversations does; with plain values elsewhere", () => {
    const [soft, plain] = [true, false].map((isSoft) =>
      conversations(played(conversationGame(turns, circle), 400, { ...choices, isSoft }).profile));
    const [magnet] = new SelfPlay(conversationGame(turns, circle), choices).profile;
    const reference = [Float64Array.from(conversations([magnet, magnet]))];
    const whole = played(preferenceGame(circle), 400, { ...choices, magnet: [reference, reference] }).profile[0][0]!;
    near(soft!, whole, 9);
    expect(Math.max(...plain!.map((p, i) => Math.abs(p - whole[i]!)))).toBeGreaterThan(5e-5);
  });

  it("4: its explicit step is the magnetic one with eta / (1 + eta alpha), for two turns as for one", () => {
    const run = new SelfPlay(conversationGame(turns, circle), { ...choices, isSoft: true });
    const [eta, alpha] = [choices.stepSize, choices.magnetWeight];
    for (let k = 0; k < 5; k++) {
      const [before] = run.profile;
      const costs = before.map((row) => alpha * negativeEntropy.divergence(row, [0.5, 0.5]));
      const [q] = run.game.actionValues(run.profile, [costs, costs]);
      run.step();
      before.forEach((row, index) => {
        const explicit = eta / (1 + eta * alpha);
        near(run.profile[0][index]!, proximalStep(negativeEntropy, q[index]!, [
          { policy: row, weight: 1 / explicit - alpha }, { policy: [0.5, 0.5], weight: alpha },
        ]), 14);
      });
    }
  });
});

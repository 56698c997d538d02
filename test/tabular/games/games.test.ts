import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exploitability, uniformProfile, type Profile } from "../../../src/tabular/games/game.ts";
import { kuhnPoker } from "../../../src/tabular/games/kuhn-poker.ts";
import { matrixGame } from "../../../src/tabular/games/matrix-game.ts";
import { SelfPlay, type SelfPlayChoices } from "../../../src/tabular/games/self-play.ts";

/** The catalogue's game (M44), scaled to [0, 1]. */
const tilted = matrixGame([[0, -3, 3], [3, 0, -1], [-3, 1, 0]].map((row) => row.map((x) => (x + 3) / 6)));
const kuhn = kuhnPoker();

function played(game: typeof tilted, iterations: number, choices: SelfPlayChoices): SelfPlay {
  const run = new SelfPlay(game, choices);
  for (let k = 0; k < iterations; k++) run.step();
  return run;
}

describe("the tilted game of rock, paper and scissors", () => {
  it.each([
    [0.5, [0.298133194369, 0.413820454585, 0.288046351046]],
    [0.2, [0.223644919584, 0.477988173643, 0.298366906774]],
    [0.1, [0.173478025938, 0.486303240447, 0.340218733616]],
    [0.05, [0.151744701377, 0.467947746841, 0.380307551782]],
  ] as const)("18: MMD at alpha %d reaches the quantal response equilibrium to all printed digits", (alpha, expected) => {
    const { profile } = played(tilted, Math.ceil(60 / alpha ** 2), { stepSize: alpha, magnetWeight: alpha });
    for (const player of profile) expected.forEach((p, a) => expect(player[0]![a]).toBeCloseTo(p, 11));
  });

  it("plain ascent-descent stays away from the equilibrium, optimism and a renewed magnet reach it", () => {
    const at = (iterations: number, choices: SelfPlayChoices) =>
      exploitability(tilted, played(tilted, iterations, choices).profile);
    expect(at(2000, { stepSize: 0.1 })).toBeGreaterThan(0.05);
    expect(at(4000, { stepSize: 0.5, isOptimistic: true })).toBeLessThan(1e-6);
    expect(at(4000, { stepSize: 0.2, magnetWeight: 0.2, renewMagnetEvery: 40 })).toBeLessThan(1e-4);
  });
});

describe("Kuhn poker", () => {
  it("has twelve information sets, the value -1/18 at its known equilibrium, and no best reply to it", () => {
    expect(kuhn.informationSets.map((sets) => sets.length)).toEqual([6, 6]);
    const third = 1 / 3;
    const equilibrium: Record<string, number> = {   // how often to bet or call; player 0 bluffs with 0 of the jacks
      "0J": 0, "0Q": 0, "0K": 0, "0Jpb": 0, "0Qpb": third, "0Kpb": 1,
      "1Jp": third, "1Qp": 0, "1Kp": 1, "1Jb": 0, "1Qb": third, "1Kb": 1,
    };
    const profile = kuhn.informationSets.map((sets) =>
      sets.map((name) => Float64Array.of(1 - equilibrium[name]!, equilibrium[name]!))) as unknown as Profile;
    expect(kuhn.payoff(profile)).toBeCloseTo(-1 / 18, 14);
    expect(exploitability(kuhn, profile)).toBeLessThan(1e-14);
    expect(exploitability(kuhn, uniformProfile(kuhn))).toBeGreaterThan(0.2);
  });

  it("MMD with an annealed magnet comes to a Nash equilibrium; plain ascent-descent does not", () => {
    const annealed = (k: number) => 1 / Math.sqrt(k + 1);
    const magnetic = played(kuhn, 20_000, { stepSize: annealed, magnetWeight: annealed });
    expect(exploitability(kuhn, magnetic.profile)).toBeLessThan(1e-3);
    expect(kuhn.payoff(magnetic.profile)).toBeCloseTo(-1 / 18, 3);
    expect(exploitability(kuhn, played(kuhn, 20_000, { stepSize: 0.1 }).profile)).toBeGreaterThan(1e-2);
  });
});

it("a best reply wins at least what any policy wins", () => {
  const entry = fc.double({ min: -2, max: 2, noNaN: true });
  fc.assert(fc.property(fc.array(fc.array(entry, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 4 }),
    (payoffs) => {
      const game = matrixGame(payoffs);
      const profile = uniformProfile(game);
      const [first, second] = game.bestReplies(profile);
      expect(first).toBeGreaterThan(game.payoff(profile) - 1e-12);
      expect(second).toBeGreaterThan(-game.payoff(profile) - 1e-12);
    }));
});

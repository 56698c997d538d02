import { describe, expect, it } from "vitest";
import { negativeEntropy } from "../../src/maps/geometry/negative-entropy.ts";
import { pastAnchor, uniformAnchor } from "../../src/tabular/anchors.ts";
import { gameProblem, processProblem, teamProblem } from "../../src/tabular/decision-problem.ts";
import { matrixGame } from "../../src/tabular/games/matrix-game.ts";
import { SelfPlay } from "../../src/tabular/games/self-play.ts";
import { TeamGame } from "../../src/tabular/games/team-game.ts";
import { makeMdp, uniformPolicy } from "../../src/tabular/mdp.ts";
import { PolicyMirrorDescent } from "../../src/tabular/policy-mirror-descent.ts";
import { TunedMirrorDescent, type TunedChoices } from "../../src/tabular/tuned-mirror-descent.ts";
import { goldenMdp } from "../support/tabular.ts";

const golden = makeMdp(goldenMdp);
const tilted = matrixGame([[0, -3, 3], [3, 0, -1], [-3, 1, 0]].map((row) => row.map((x) => (x + 3) / 6)));
const team = new TeamGame([[[1, 0], [0, 0.2]], [[0, 0.1], [0.3, 0.9]]]);
const problems = [
  ["a process", processProblem(golden), 0.1], ["a team", teamProblem(team), 0.5],
  ["a zero-sum game", gameProblem(tilted), 0.2],
] as const;

function after(iterations: number, problem: (typeof problems)[number][1], choices: TunedChoices): TunedMirrorDescent {
  const run = new TunedMirrorDescent(problem, choices);
  while (run.iteration < iterations) run.step();
  return run;
}

describe("M45: configurable mirror descent", () => {
  it.each(problems)("on %s tuned weights end far below what uniform ones miss", (_, problem, share) => {
    const weights = [0.3, 0.3, 0.3, 0.3];
    const uniform = after(300, problem, { weights }).loss;
    for (const seed of [0, 1, 2]) {
      const run = after(300, problem, { weights, tuneEvery: 1, seed });
      expect(run.loss).toBeLessThan(share * uniform);
      for (const w of run.weights) expect(w >= 1e-6 && w <= 1).toBe(true);
    }
  });

  it("on a process its step without tuning is that of the exact engine with the same anchors", () => {
    const run = after(5, processProblem(golden), { weights: [2, 1.2, 0.8, 0.02].map((w) => w / 2) });
    const exact = new PolicyMirrorDescent(golden, {
      geometry: negativeEntropy, stepSize: 1,
      anchors: [pastAnchor(uniformPolicy(golden), [0.6, 0.4], 1), uniformAnchor(golden, 0.01)],
    });
    for (let k = 0; k < 5; k++) exact.step();
    run.policies.forEach((row, s) => row.forEach((p, a) => expect(p).toBeCloseTo(exact.policy[2 * s + a]!, 12)));
  });

  it("on a game it is that of self-play: one past policy is 1/eta, the uniform one alpha", () => {
    const run = after(50, gameProblem(tilted), { weights: [0.5, 0.2] });
    const play = new SelfPlay(tilted, { stepSize: 2, magnetWeight: 0.2 });
    for (let k = 0; k < 50; k++) play.step();
    run.policies.forEach((row, player) => expect([...row]).toEqual([...play.profile[player]![0]!]));
  });

  it("the same seed tunes the same way, another one another", () => {
    const [one, same, other] = [3, 3, 4].map((seed) =>
      after(5, gameProblem(tilted), { weights: [0.3, 0.3], tuneEvery: 1, seed }).weights);
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it("weights out of their range are refused", () => {
    expect(() => new TunedMirrorDescent(teamProblem(team), { weights: [0.5, 2] })).toThrow(/from 0.000001 to 1/);
  });
});

// Claims about games, teams and constrained processes.
import {
  ConstrainedMirrorDescent, exploitability, kuhnPoker, preferenceGame, SelfPlay, selfPlayMethods, TeamGame,
} from "../../dist/tabular.js";
import { golden, short } from "./processes.mjs";

const tilted = preferenceGame([[0, -3, 3], [3, 0, -1], [-3, 1, 0]].map((row) => row.map((x) => (x + 3) / 6)));

function exploitabilityAfter(game, iterations, choices) {
  const run = new SelfPlay(game, choices);
  for (let k = 0; k < iterations; k++) run.step();
  return exploitability(game, run.profile);
}

export const gameClaims = [
  {
    entry: "M42", method: "ReLOAD",
    claim: "optimism makes the last iterate settle where plain ascent-descent swings",
    run() {
      const ranges = [true, false].map((isOptimistic) => {
        const run = new ConstrainedMirrorDescent(golden, [{ cost: Float64Array.of(0, 0, 0, 1), budget: 0.2 }],
          { stepSize: 0.02, multiplierStepSize: 2, isOptimistic });
        let [low, high] = [Infinity, -Infinity];
        for (let k = 0; k < 20_000; k++) {
          run.step();
          if (k < 18_000 || k % 10) continue;
          const { reward } = run.measure();
          [low, high] = [Math.min(low, reward), Math.max(high, reward)];
        }
        return high - low;
      });
      return { figure: `range of the last 2000 rewards: ${short(ranges[0])} against ${short(ranges[1])}`, holds: ranges[0] < 1e-4 * ranges[1] };
    },
  },
  {
    entry: "M44", method: "magnetic mirror descent",
    claim: "an annealed magnet reaches a Nash equilibrium of Kuhn poker, plain ascent-descent does not",
    run() {
      const annealed = (k) => 1 / Math.sqrt(k + 1);
      const magnetic = exploitabilityAfter(kuhnPoker(), 20_000, { stepSize: annealed, magnetWeight: annealed });
      const plain = exploitabilityAfter(kuhnPoker(), 20_000, { stepSize: 0.1 });
      return { figure: `exploitability ${short(magnetic)} against ${short(plain)}`, holds: magnetic < 1e-3 && plain > 1e-2 };
    },
  },
  {
    entry: "M44", method: "magnetic mirror descent",
    claim: "a fixed magnet converges linearly to the quantal response equilibrium",
    run() {
      const target = [0.298133194369, 0.413820454585, 0.288046351046];
      const errorAfter = (iterations) => {
        const run = new SelfPlay(tilted, { stepSize: 0.5, magnetWeight: 0.5 });
        for (let k = 0; k < iterations; k++) run.step();
        return run.profile[0][0].reduce((largest, p, a) => Math.max(largest, Math.abs(p - target[a])), 0);
      };
      const errors = [10, 20, 40].map(errorAfter);
      return { figure: `errors at 10, 20, 40: ${errors.map(short).join(", ")}`, holds: errors[2] / errors[1] < 1.5 * (errors[1] / errors[0]) ** 2 };
    },
  },
  {
    entry: "M47", method: "HAMDPO",
    claim: "sequential steps solve a coordination game that simultaneous ones destroy",
    run() {
      const game = new TeamGame([[1, -1], [-1, 1]]);
      const start = [[0.6, 0.4], [0.4, 0.6]];
      const [together, inTurn] = ["simultaneous", "sequential"].map((kind) => game.payoff(game.step(start, 20, kind)));
      return { figure: `payoff ${short(together)} against ${short(inTurn)}`, holds: together < -0.9 && inTurn > 0.9 };
    },
  },
  {
    entry: "M53", method: "magnetic preference optimization",
    claim: "a magnet that is renewed leads to the equilibrium of the game itself, a fixed one does not",
    run() {
      const [renewed, fixed] = ["magnetic-preference-optimization", "magnetic-mirror-descent"].map((id) =>
        exploitabilityAfter(tilted, 4000, selfPlayMethods.find((method) => method.id === id).choices));
      return { figure: `exploitability ${short(renewed)} against ${short(fixed)}`, holds: renewed < 1e-4 && fixed > 1e-2 };
    },
  },
];

// Claims about exact methods beyond one process and one policy: apprentices, preferences, restricted classes, tuning.
import {
  ApprenticeshipMirrorDescent, ballCosts, boxCosts, conversationGame, exploitability, klDivergence, policyIteration,
  preferenceGame, selfPlayLoss, SelfPlay, stateActionOccupancy, winRates,
} from "../../dist/tabular.js";
import { golden, short } from "./processes.mjs";

export const beyondClaims = [
  {
    entry: "M50", method: "online apprenticeship learning",
    claim: "the gap of the average policy falls at least as 1/sqrt K, against costs of the ball and of the box",
    run() {
      const expert = stateActionOccupancy(golden, policyIteration(golden).policy);
      const size = (k) => 1 / Math.sqrt(k + 1);
      const rows = [ballCosts(), boxCosts()].map((costs) => {
        const run = new ApprenticeshipMirrorDescent(golden, expert, { stepSize: size, costStepSize: size, costs });
        return [100, 400, 1600, 6400].map((k) => {
          while (run.iteration < k) run.step();
          return run.gap();
        });
      });
      return {
        figure: `gaps at 100, 400, 1600, 6400: ${rows.map((row) => row.map(short).join(", ")).join(" (ball); ")} (box)`,
        holds: rows.every((row) => row.every((gap, i) => i === 0 || gap < 0.6 * row[i - 1])),
      };
    },
  },
  {
    entry: "M54", method: "regularized self-play",
    claim: "under a noisy preference model the regularizer keeps the true win rate that plain self-play loses",
    run() {
      const weights = [0, 0.1, 1];
      const rows = weights.map((weight) => winRateCurves(weight, [5, 20, 80]));
      const last = rows.map((row) => row.at(-1));
      return {
        figure: `true win rate over the reference after 5, 20, 80 rounds, ${rows.map((row, i) =>
          `${row.map((x) => x.toFixed(3)).join(", ")} (weight ${weights[i]})`).join("; ")}`,
        holds: Math.max(...last.slice(1)) > last[0] && last[0] < Math.max(...rows[0]) - 0.005,
      };
    },
  },
  {
    entry: "M55", method: "multi-turn preference optimization",
    claim: "self-play over whole conversations finds the equilibrium that replies judged turn by turn miss",
    run() {
      const choices = { stepSize: 0.5, magnetWeight: 0.05, renewMagnetEvery: 100, isSoft: true };
      const means = [0, 0];
      for (const seed of [1, 2, 3]) {
        const preferences = randomPreferences(seed);
        const game = conversationGame(turns, preferences);
        [played(game, 2000, choices), turnByTurn(turns, preferences, choices)]
          .forEach((profile, i) => { means[i] += exploitability(game, profile) / 3; });
      }
      return {
        figure: `mean exploitability of 3 random trees ${short(means[0])} against ${short(means[1])}`,
        holds: means[0] < 1e-3 && means[1] > 1e-2,
      };
    },
  },
];

function played(game, iterations, choices) {
  const run = new SelfPlay(game, choices);
  for (let k = 0; k < iterations; k++) run.step();
  return run.profile;
}

/** Three turns of two replies, and preferences over the eight conversations without any order behind them. */
const turns = [[[0, 1], [2, 3]], [[4, 5], [6, 7]]];
function randomPreferences(seed, size = 8) {
  const normal = normals(seed);
  const leads = Array.from({ length: size }, () => Array.from({ length: size }, normal));
  return leads.map((row, i) => row.map((lead, j) => 1 / (1 + Math.exp(leads[j][i] - lead))));
}

/** Each turn settled alone: its replies are compared as if uniform ones followed. */
function turnByTurn(tree, judged, choices) {
  const rows = [];
  const ends = (next) => (typeof next === "number" ? [[next, 1]]
    : next.flatMap((reply) => ends(reply).map(([end, chance]) => [end, chance / next.length])));
  (function settle(next) {
    if (typeof next === "number") return;
    const replies = next.map(ends);
    const preferences = replies.map((own) => replies.map((other) =>
      own.reduce((sum, [i, p]) => other.reduce((rest, [j, q]) => rest + p * q * judged[i][j], sum), 0)));
    rows.push(played(preferenceGame(preferences), 1000, choices)[0][0]);
    next.forEach(settle);
  })(tree);
  return [rows, rows];
}

/** Self-play by the squared residual against P with noise, 20 seeds; the true win rates over the first policy. */
function winRateCurves(weight, rounds, { seeds = 20, size = 8, noise = 1.5, stepSize = 1 } = {}) {
  const means = rounds.map(() => 0);
  for (let seed = 1; seed <= seeds; seed++) {
    const normal = normals(seed);
    const quality = Array.from({ length: size }, normal);
    const errors = quality.map(() => quality.map(() => noise * normal()));
    const [real, seen] = [0, 1].map((share) => quality.map((x, i) => quality.map((y, j) =>
      1 / (1 + Math.exp(y - x - share * (errors[i][j] - errors[j][i]))))));
    const reference = softmax(quality);
    let policy = reference;
    for (let round = 1; round <= rounds.at(-1); round++) {
      policy = answered(policy, winRates(seen, policy), { stepSize, regularizer: { divergence: klDivergence, weight, reference } });
      const at = rounds.indexOf(round);
      if (at >= 0) means[at] += winRates(real, reference).reduce((sum, rate, y) => sum + policy[y] * rate, 0) / seeds;
    }
  }
  return means;
}

/** 20 gradient steps on the loss from the old policy on. */
function answered(old, rates, choices) {
  let logits = Array.from(old, Math.log);
  let policy = old;
  for (let i = 0; i < 20; i++) {
    const { gradient } = selfPlayLoss(policy, old, rates, choices);
    logits = logits.map((z, a) => z - 0.5 * gradient[a]);
    policy = softmax(logits);
  }
  return policy;
}

function softmax(logits) {
  const highest = Math.max(...logits);
  const weights = logits.map((z) => Math.exp(z - highest));
  const total = weights.reduce((sum, w) => sum + w);
  return Float64Array.from(weights, (w) => Math.max(1e-300, w / total));
}

function normals(seed) {
  let state = seed;
  const uniform = () => (state = (state * 48271) % 2147483647) / 2147483647;
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

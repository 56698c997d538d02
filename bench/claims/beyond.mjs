// Claims about exact methods beyond one process and one policy: apprentices, preferences, restricted classes, tuning.
import {
  ApprenticeshipMirrorDescent, ballCosts, boxCosts, ConstrainedMirrorDescent, ConstrainedTrustRegion, conversationGame,
  exploitability, gameProblem, groupedValues, klDivergence, kuhnPoker, makeBandit, makeMdp, makePolicy,
  negativeEntropy, policyIteration, PolicyMirrorDescent, preferenceGame, processProblem, randomMdp, returnOf, SelfPlay,
  selfPlayLoss, softmaxPolicy, stateActionOccupancy, TeamGame, teamProblem, TunedMirrorDescent, valuesOf,
  WeightAveragedPolicies, winRates,
} from "../../dist/tabular.js";
import { golden, runOf, short } from "./processes.mjs";

export const beyondClaims = [
  {
    entry: "M9", method: "grouped policy mirror descent",
    claim: "weighed by its occupancy a class shared by all states reaches its best policy, with equal weights not",
    run() {
      const gaps = { occupancy: 0, equal: 0 };
      for (let seed = 1; seed <= 10; seed++) {
        const mdp = randomMdp({ states: 4, actions: 2, discount: 0.9, successors: 2, seed });
        const best = bestShared(mdp);
        for (const weights of ["occupancy", "equal"]) {
          const run = new PolicyMirrorDescent(mdp,
            { geometry: negativeEntropy, signal: groupedValues([0, 0, 0, 0], weights), stepSize: 0.5 });
          for (let k = 0; k < 400; k++) run.step();
          gaps[weights] = Math.max(gaps[weights], best - returnOf(mdp, run.values));
        }
      }
      const reached = returnOf(golden, runOf("grouped-policy-mirror-descent", golden, 400).values);
      return {
        figure: `golden process ${reached.toFixed(10)}; largest gap of 10 random ones ` +
          `${short(gaps.occupancy)} against ${short(gaps.equal)}`,
        holds: Math.abs(reached - 9.4478527607) < 1e-9 && gaps.occupancy < 1e-3 && gaps.equal > 0.1,
      };
    },
  },
  {
    entry: "M12", method: "log-linear natural gradient",
    claim: "geometric steps fall linearly to a floor with fewer features than pairs, to none with one for each pair",
    run() {
      const mdp = randomMdp({ states: 6, actions: 3, discount: 0.9, seed: 3 });
      const best = returnOf(mdp, policyIteration(mdp).values);
      const counts = [6, 12, 18];
      const rows = counts.map((features) => [0, 10, 20, 40, 80].map((k) => [1, 2, 3, 4, 5].reduce((sum, seed) => {
        const run = runOf("log-linear-natural-gradient", mdp, k, { stepSize: 0.5, growth: 1 / 0.9, features, seed });
        return sum + (best - returnOf(mdp, run.values)) / 5;
      }, 0)));
      return {
        figure: `mean gaps at 0, 10, 20, 40, 80: ${rows.map((row, i) =>
          `${row.map(short).join(", ")} (${counts[i]} features)`).join("; ")}`,
        holds: rows[2][4] < 1e-9 && rows.slice(0, 2).every((row) => row[4] > 1e-3 && row[4] < row[0]),
      };
    },
  },
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
    entry: "M32", method: "constrained trust region",
    claim: "from a feasible policy every policy is feasible, where the plain trust region leaves",
    run() {
      const [entropy, barrier, plain] = [{}, { kind: "barrier" }, { slackWeight: 0 }]
        .map((choices) => safety(choices).dearest);
      return {
        figure: `highest cost less the budget of 0.2, of 5 x 400 policies: ${short(entropy - 0.2)} (entropy), ` +
          `${short(barrier - 0.2)} (barrier), ${short(plain - 0.2)} plain`,
        holds: Math.max(entropy, barrier) < 0.2 && plain > 0.2,
      };
    },
  },
  {
    entry: "M32", method: "constrained trust region",
    claim: "it goes to the best feasible reward, under both divergences of the slack",
    run() {
      const dual = new ConstrainedMirrorDescent(costly.mdp, [costly.constraint],
        { stepSize: 0.02, multiplierStepSize: 1, isOptimistic: true });
      for (let k = 0; k < 20_000; k++) dual.step();
      const best = dual.measure().reward;
      const [entropy, barrier] = ["entropy", "barrier"].map((kind) => best - safety({ kind }).poorest);
      return {
        figure: `missing of ${short(best)} after 400 steps, the worst of 5 starts: ` +
          `${short(entropy)} (entropy), ${short(barrier)} (barrier)`,
        holds: Math.max(entropy, barrier) < 0.005,
      };
    },
  },
  ...[["no worse than with uniform weights", 0.3], ["no worse than with uniform weights without a magnet", 1e-6]].map(
    ([claim, magnetWeight]) => ({
      entry: "M45", method: "configurable mirror descent",
      claim: `with tuned anchors one code path does on a process, a team and a zero-sum game ${claim}`,
      run() {
        const team = new TeamGame([[[1, 0], [0, 0.2]], [[0, 0.1], [0.3, 0.9]]]);
        const problems = {
          process: processProblem(golden), team: teamProblem(team), "Kuhn poker": gameProblem(kuhnPoker()),
        };
        const weights = [0.3, 0.3, 0.3, 0.3];
        const rows = Object.values(problems).map((problem) => [
          [0, 1, 2].reduce((sum, seed) => sum + lossAfter(300, problem, { weights, tuneEvery: 1, seed }) / 3, 0),
          lossAfter(300, problem, { weights: [...weights.slice(0, 3), magnetWeight] }),
        ]);
        return {
          figure: `losses tuned and uniform: ${Object.keys(problems).map((name, i) =>
            `${name} ${rows[i].map(short).join(", ")}`).join("; ")}`,
          holds: rows.every(([tuned, uniform]) => tuned <= uniform + 1e-9),
        };
      },
    })),
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
  {
    entry: "M57", method: "weight averaged rewarded policies",
    claim: "merged runs earn at least what each run does at equal KL to the start",
    run() {
      let [better, count, gain] = [0, 0, 0];
      for (let seed = 1; seed <= 10; seed++) {
        const mdp = tokenBandit(seed);
        const start = new Float64Array(mdp.rewards.length);
        const { runs, merged } = new WeightAveragedPolicies(mdp,
          { steps: 300, learningRate: 1, penalty: 0.1, anchorRate: 0.01, batchSize: 4, seed }).step();
        for (const run of runs) {
          const reward = rewardOf(mdp, run) - rewardOf(mdp, asFar(mdp, merged, klTo(mdp, start, run)));
          gain -= reward / 20;
          count++;
          if (reward <= 0) better++;
        }
      }
      return {
        figure: `at least as much as ${better} of ${count} runs, on average ${short(gain)} more`,
        holds: better === count,
      };
    },
  },
];

/** The two-state process of C-TRPO's authors: the state that pays 2 costs 1, at most 0.2 is allowed. */
const costly = {
  mdp: makeMdp({
    discount: 0.9, start: [0.8, 0.2], rewards: [[1, 0], [2, 0]],
    transitions: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]],
  }),
  constraint: { cost: Float64Array.of(0.1, 0, 1, 0.01), budget: 0.2 },
};

/** The highest cost on the way from five feasible policies, and the lowest reward at the end. */
function safety(choices) {
  let [dearest, poorest] = [0, Infinity];
  for (const [stay, rest] of [[0.5, 0.05], [0.9, 0.1], [0.3, 0.02], [0.1, 0.1], [0.99, 0.15]]) {
    const run = new ConstrainedTrustRegion(costly.mdp, costly.constraint, { radius: 0.01, ...choices },
      makePolicy(costly.mdp, [[stay, 1 - stay], [rest, 1 - rest]]));
    for (let k = 0; k < 400; k++) {
      run.step();
      dearest = Math.max(dearest, run.cost);
    }
    poorest = Math.min(poorest, run.reward);
  }
  return { dearest, poorest };
}

/** The best return of policies that are one distribution over two actions in all states, on a grid of 1000. */
function bestShared(mdp) {
  const returns = Array.from({ length: 1001 }, (_, i) => {
    const row = [i / 1000, 1 - i / 1000];
    return returnOf(mdp, valuesOf(mdp, makePolicy(mdp, Array.from({ length: mdp.states }, () => row))));
  });
  return Math.max(...returns);
}

function lossAfter(iterations, problem, choices) {
  const run = new TunedMirrorDescent(problem, choices);
  while (run.iteration < iterations) run.step();
  return Math.max(0, run.loss);
}

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

/** 8 prompts, 8 tokens each, rewards normal. */
function tokenBandit(seed) {
  const normal = normals(seed);
  return makeBandit(Array.from({ length: 8 }, () => Array.from({ length: 8 }, normal)));
}

const rewardOf = (mdp, logits) => returnOf(mdp, valuesOf(mdp, softmaxPolicy(mdp, logits)));

/** The mean KL over prompts from the policy of one table of logits to that of another. */
function klTo(mdp, reference, logits) {
  const [policy, start] = [logits, reference].map((table) => softmaxPolicy(mdp, table));
  return klDivergence.value(policy, start) / mdp.states;
}

/** Logits on the ray from 0 through the given ones whose policy is `far` from the uniform one. */
function asFar(mdp, logits, far) {
  const at = (scale) => logits.map((z) => scale * z);
  const zero = new Float64Array(logits.length);
  let [low, high] = [0, 1];
  while (klTo(mdp, zero, at(high)) < far && high < 1e3) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (klTo(mdp, zero, at(middle)) < far) low = middle;
    else high = middle;
  }
  return at(low);
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
      const regularizer = { divergence: klDivergence, weight, reference };
      policy = answered(policy, winRates(seen, policy), { stepSize, regularizer });
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

// Claims about exact methods on processes.
import {
  findGeometry, mirrorStep, negativeEntropy, policyIteration, PolicyMirrorDescent, randomMdp, returnOf,
} from "../../dist/tabular.js";
import { averageReward, chain, gapAfter, golden, iterationsTo, runOf, short } from "./processes.mjs";

export const exactClaims = [
  {
    entry: "M1", method: "policy mirror descent",
    claim: "constant steps are sublinear, geometric ones (factor 1/discount) linear",
    run() {
      const at = (growth) => [10, 20, 40].map((k) => gapAfter("policy-mirror-descent", chain(), k, { stepSize: 0.3, growth }));
      const [constant, growing] = [at(1), at(1 / 0.95)];
      const holds = growing[2] / growing[1] < 0.5 && growing[2] < 0.1 * constant[2];
      return { figure: `gaps at 10, 20, 40: ${constant.map(short).join(", ")} against ${growing.map(short).join(", ")}`, holds };
    },
  },
  {
    entry: "M2", method: "generalized policy mirror descent",
    claim: "the regularizer's own divergence converges fast at any step, also for Tsallis' entropy",
    run() {
      const mdp = randomMdp({ states: 60, actions: 12, discount: 0.9, seed: 5 });
      const geometry = findGeometry("tsallis-2");
      const best = policyIteration(mdp, { geometry, temperature: 0.1 }).values;
      const errors = [1, 10].map((stepSize) => {
        const run = runOf("generalized-policy-mirror-descent", mdp, 100, { stepSize, temperature: 0.1, tsallisIndex: 2 });
        return run.values.reduce((largest, v, s) => Math.max(largest, Math.abs(v - best[s])), 0);
      });
      return { figure: `errors after 100 steps of 1 and 10: ${errors.map(short).join(", ")}`, holds: Math.max(...errors) < 1e-3 };
    },
  },
  {
    entry: "M3", method: "AMPO",
    claim: "growing steps converge linearly under maps other than negative entropy",
    run() {
      const gaps = [10, 20, 30].map((k) =>
        gapAfter("approximate-mirror-policy-optimization", chain(), k, { stepSize: 0.05, growth: 1.1 }));
      return { figure: `hyperbolic map, gaps at 10, 20, 30: ${gaps.map(short).join(", ")}`, holds: gaps[2] < 1e-2 * gaps[0] };
    },
  },
  {
    entry: "M6", method: "h-PMD",
    claim: "with the adaptive step deeper lookahead needs fewer iterations",
    run() {
      const counts = [1, 2, 4, 8].map((depth) => iterationsTo(1e-3, "lookahead-policy-mirror-descent", chain(), { depth }, 200));
      return {
        figure: `iterations to 1e-3 at depth 1, 2, 4, 8: ${counts.join(", ")}`,
        holds: counts.every((count, i) => i === 0 || count < counts[i - 1]),
      };
    },
  },
  {
    entry: "M6", method: "h-PMD",
    claim: "lookahead helps at a constant step, too",
    async run() {
      const { constantStep, lookahead } = await import("../../dist/tabular.js");
      const gaps = [1, 2, 4].map((depth) => {
        const run = new PolicyMirrorDescent(golden,
          { geometry: negativeEntropy, signal: lookahead(depth), stepSize: constantStep(0.5) });
        for (let k = 0; k < 5; k++) run.step();
        const best = policyIteration(golden).values;
        return run.values.reduce((largest, v, s) => Math.max(largest, best[s] - v), 0);
      });
      return { figure: `gap after 5 steps of 0.5 at depth 1, 2, 4: ${gaps.map(short).join(", ")}`, holds: gaps[1] < gaps[0] && gaps[2] < gaps[1] };
    },
  },
  {
    entry: "M7", method: "functional acceleration",
    claim: "momentum speeds mirror descent up at a constant step on every small process",
    run() {
      const wins = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((seed) => {
        const mdp = randomMdp({ states: 2, actions: 2, discount: 0.9, seed });
        const [plain, lazy] = [0, 1].map((momentum) => gapAfter("functional-acceleration", mdp, 6, { stepSize: 5, momentum }));
        return lazy < plain;
      });
      const count = wins.filter(Boolean).length;
      return { figure: `better on ${count} of 10 random processes`, holds: count === 10 };
    },
  },
  {
    entry: "M10", method: "entropy annealing",
    claim: "annealing the temperature removes the bias of a fixed one",
    run() {
      const fixed = gapAfter("mdpo", golden, 1000, { temperature: 0.2 });
      const annealed = gapAfter("entropy-annealing", golden, 1000);
      return { figure: `gap after 1000: ${short(fixed)} fixed, ${short(annealed)} annealed`, holds: annealed < 1e-3 * fixed };
    },
  },
  {
    entry: "M10", method: "entropy annealing",
    claim: "annealing beats no entropy at all",
    run() {
      const [annealed, none] = [gapAfter("entropy-annealing", golden, 100), gapAfter("mdpo", golden, 100)];
      return { figure: `gap after 100: ${short(annealed)} annealed, ${short(none)} without`, holds: annealed < none };
    },
  },
  {
    entry: "M11", method: "Fisher-Rao flow",
    claim: "the flow converges exponentially at a positive temperature",
    run() {
      const best = policyIteration(golden, { geometry: negativeEntropy, temperature: 0.2 }).values;
      const errors = [4, 8, 16].map((k) => runOf("fisher-rao-flow", golden, k, { stepSize: 2 }).values
        .reduce((largest, v, s) => Math.max(largest, Math.abs(v - best[s])), 0));
      return { figure: `errors at 4, 8, 16: ${errors.map(short).join(", ")}`, holds: errors[2] < errors[1] * (errors[1] / errors[0]) };
    },
  },
  {
    entry: "M13", method: "approximate Newton",
    claim: "errors square from step to step",
    run() {
      const best = policyIteration(golden, { geometry: negativeEntropy, temperature: 0.2 }).values;
      const errors = [0, 1, 2, 3].map((k) => runOf("approximate-newton", golden, k).values
        .reduce((largest, v, s) => Math.max(largest, Math.abs(v - best[s])), 0));
      return { figure: `errors: ${errors.map(short).join(", ")}`, holds: errors[2] < errors[1] ** 2 && errors[3] < 1e-13 };
    },
  },
  {
    entry: "M15", method: "sMDPO",
    claim: "in tabular form it is as fast as MDPO at equal steps",
    run() {
      const [softmax, mdpo] = ["softmax-mirror-descent", "mdpo"].map((id) => gapAfter(id, golden, 100));
      return { figure: `gap after 100 steps of 0.1: ${short(softmax)} against ${short(mdpo)}`, holds: softmax <= mdpo };
    },
  },
  {
    entry: "M17", method: "KL as constraint and as penalty",
    claim: "with noisy values the constrained step keeps its regret, the penalized one does not",
    run() {
      const [constraint, penalty] = noisyBanditRegrets();
      return {
        figure: `regret in the second half: ${short(constraint)} constrained, ${short(penalty)} penalized`,
        holds: constraint > 5 * penalty,
      };
    },
  },
  {
    entry: "M18", method: "Politex",
    claim: "the policy of summed values goes to the best average reward",
    run() {
      const { gain } = averageReward(golden, runOf("politex", golden, 400).policy);
      return { figure: `average reward ${gain.toFixed(6)}, best 1.25`, holds: Math.abs(gain - 1.25) < 1e-6 };
    },
  },
  {
    entry: "M38", method: "CMPO",
    claim: "rewards scaled by 1000 leave the path of policies as it is",
    run() {
      const scaled = { ...golden, rewards: golden.rewards.map((r) => 1000 * r) };
      const [one, other] = [golden, scaled].map((mdp) => runOf("clipped-maximum-a-posteriori", mdp, 10).policy);
      const difference = one.reduce((largest, p, i) => Math.max(largest, Math.abs(p - other[i])), 0);
      return { figure: `largest difference after 10 steps ${short(difference)}`, holds: difference < 1e-9 };
    },
  },
  {
    entry: "M39", method: "Gumbel search",
    claim: "the policy improves in expectation with as few as two simulations of sixteen actions",
    run() {
      const gains = [2, 4, 16].map((simulations) => {
        let gain = 0;
        for (let seed = 0; seed < 200; seed++) {
          const mdp = randomMdp({ states: 4, actions: 16, discount: 0.9, seed });
          const run = runOf("gumbel-policy-improvement", mdp, 0, { simulations, seed });
          const before = returnOf(mdp, run.values);
          run.step();
          gain += (returnOf(mdp, run.values) - before) / 200;
        }
        return gain;
      });
      return {
        figure: `gain in return after one step with 2, 4, 16 simulations: ${gains.map(short).join(", ")}`,
        holds: gains[0] > 0 && gains[1] > gains[0] && gains[2] > gains[1],
      };
    },
  },
  {
    entry: "identity 30", method: "projected Q-ascent",
    claim: "it reaches the optimum after finitely many steps, KL never does",
    run() {
      const steps = iterationsTo(1e-12, "projected-ascent", golden, { stepSize: 0.1 });
      const kl = gapAfter("policy-mirror-descent", golden, steps, { stepSize: 0.1 });
      return { figure: `${steps} steps of 0.1; KL is then at ${short(kl)}`, holds: steps === 16 && kl > 0.1 };
    },
  },
];

/** 20 seeds of a two-armed bandit, means 0.5 and 0.4, values seen with noise of deviation 0.5 (M17). */
function noisyBanditRegrets({ rounds = 2000, radius = 0.01, stepSize = 0.05, seeds = 20 } = {}) {
  const totals = [0, 0];
  for (let seed = 1; seed <= seeds; seed++) {
    for (const kind of [0, 1]) {
      const normal = normals(seed);
      let policy = [0.5, 0.5];
      for (let round = 0; round < rounds; round++) {
        if (round >= rounds / 2) totals[kind] += 0.1 * policy[1] / seeds;
        const values = [0.5 + 0.5 * normal(), 0.4 + 0.5 * normal()];
        policy = [...kind === 0 ? constrained(policy, values, radius) : mirrorStep(negativeEntropy, policy, values, stepSize)]
          .map((p) => Math.min(1 - 1e-9, Math.max(1e-9, p)));
      }
    }
  }
  return totals;
}

/** argmax <p, values> with KL(p || policy) = radius, by bisection over the step. */
function constrained(policy, values, radius) {
  let [low, high] = [1e-6, 1e3];
  for (let i = 0; i < 60; i++) {
    const middle = Math.sqrt(low * high);
    const next = mirrorStep(negativeEntropy, policy, values, middle);
    if (negativeEntropy.divergence(next, policy) > radius) high = middle;
    else low = middle;
  }
  return mirrorStep(negativeEntropy, policy, values, low);
}

function normals(seed) {
  let state = seed;
  const uniform = () => (state = (state * 48271) % 2147483647) / 2147483647;
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

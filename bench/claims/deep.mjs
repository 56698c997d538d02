// Claims about deep methods: networks on small tasks, and their surrogates on what can be counted out.
import { coordinationGame, SequentialMdpo } from "../../dist/teams.js";
import { AdvantageLearning, clippedBound } from "../../dist/tabular.js";
import { linearFits } from "./linear-fits.mjs";
import { golden, short } from "./processes.mjs";
import { mean, trained } from "./training.mjs";

/** The published step size of most of these; no stop but the method's own. */
const published = { learningRate: 3e-4, klStop: 0 };
const cartPole = (algorithm, hyperparameters = published) =>
  trained(algorithm, "CartPole-v1", { steps: 60_000, hyperparameters });
const pendulum = (algorithm, hyperparameters = {}) => trained(algorithm, "Pendulum-v1", {
  steps: 8000, hyperparameters: { networks: { hidden: [32, 32] }, batchSize: 64, ...hyperparameters },
});
/** Ten arms that pay 0, 0.1, ... 0.9 and noise of deviation 1, times `scale`, drawn by a generator of their own. */
const bandit = (scale = 1) => {
  let state = 1;
  const uniform = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    observationSpace: { kind: "box", shape: [1], low: 0, high: 1 }, actionSpace: { kind: "discrete", n: 10 },
    reset: () => ({ observation: Float32Array.of(1), info: {} }),
    step: (arm) => ({
      observation: Float32Array.of(1), reward: scale * (arm / 10 + normal()), terminated: true, truncated: false,
      info: {},
    }),
  };
};
/**
 * Nine cells, from the fifth: the right end pays 1 and ends the episode, the left one, nearer by a cell, ends it for
 * 0.2; so do 60 steps, for nothing. Actions: left, stay, right.
 */
const corridor = () => {
  let cell = 4;
  let steps = 0;
  const observe = () => Float32Array.from({ length: 9 }, (_, i) => (i === cell ? 1 : 0));
  return {
    observationSpace: { kind: "box", shape: [9], low: 0, high: 1 }, actionSpace: { kind: "discrete", n: 3 },
    reset: () => {
      [cell, steps] = [4, 0];
      return { observation: observe(), info: {} };
    },
    step: (action) => {
      cell += action - 1;
      const reward = { 1: 0.2, 8: 1 }[cell] ?? 0;
      return { observation: observe(), reward, terminated: reward > 0, truncated: ++steps >= 60, info: {} };
    },
  };
};
const onBandit = (algorithm, hyperparameters, scale) => trained(algorithm, () => bandit(scale), {
  steps: 20_000, envs: 1, hyperparameters: {
    horizon: 200, innerSteps: 100, networks: { hidden: [] }, learningRate: 0.01, normalizeObservations: false,
    normalizeRewards: false, gaeLambda: 1, ...hyperparameters,
  },
});
const rounded = (values) => values.map((x) => x.toFixed(0)).join(", ");

export const deepClaims = [
  {
    entry: "M4", method: "dual approximation policy optimization",
    claim: "with too few features the divergence of the map is a better fit than AMPO's squares",
    run() {
      const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
      const gaps = seeds.map((seed) => linearFits(seed));
      const [dual, squares, centred] = ["dual", "squares", "centredSquares"].map((kind) =>
        mean(gaps.map((each) => each[kind])));
      const wins = gaps.filter((each) => each.dual < Math.min(each.squares, each.centredSquares)).length;
      return {
        figure: `value gap ${short(dual)} against ${short(squares)} (${short(centred)} with centred targets), ` +
          `lowest on ${wins} of ${seeds.length} processes`,
        holds: dual < Math.min(squares, centred) && wins > seeds.length / 2,
      };
    },
  },
  {
    entry: "M4", method: "dual approximation policy optimization",
    claim: "from replay on CartPole it learns at least as fast as AMPO",
    async run() {
      const hyperparameters = {
        networks: { hidden: [32] }, batchSize: 64, learningRate: 1e-3, valueLearningRate: 1e-3, temperature: 0.02,
      };
      const [dual, squares] = await Promise.all(["dual-approximation-policy-optimization", "ampo"].map((algorithm) =>
        trained(algorithm, "CartPole-v1", { steps: 20_000, hyperparameters })));
      return {
        figure: `returns ${rounded(dual.returns)} against ${rounded(squares.returns)}`,
        holds: dual.return >= squares.return,
      };
    },
  },
  {
    entry: "M15", method: "sMDPO",
    claim: "on CartPole it learns as fast as MDPO and PPO",
    async run() {
      const [softmax, mdpo, ppo] = await Promise.all(["smdpo", "mdpo", "ppo"].map((each) => cartPole(each, {})));
      return {
        figure: `returns ${rounded(softmax.returns)}; MDPO ${rounded(mdpo.returns)}; PPO ${rounded(ppo.returns)}`,
        holds: softmax.return > 0.95 * Math.max(mdpo.return, ppo.return),
      };
    },
  },
  {
    entry: "M24", method: "ESPO",
    claim: "stopping by the ratios takes fewer steps than PPO's clipping for a comparable return",
    async run() {
      const [espo, ppo] = await Promise.all(["espo", "ppo"].map((each) => cartPole(each)));
      return {
        figure: `${espo.policySteps.toFixed(1)} of ${ppo.policySteps} steps an iteration; returns ` +
          `${rounded(espo.returns)} against ${rounded(ppo.returns)}`,
        holds: espo.policySteps < 0.95 * ppo.policySteps && espo.return > 0.9 * ppo.return,
      };
    },
  },
  {
    entry: "M25", method: "sample dropout",
    claim: "the variance of the surrogate stays bounded where ratios drift",
    run() {
      const [all, kept] = [false, true].map((drops) => [0.5, 1, 2].map((drift) => surrogateVariance(drift, drops)));
      return {
        figure: `new mean off by 0.5, 1, 2 deviations: ${all.map(short).join(", ")}; with dropout ` +
          kept.map(short).join(", "),
        holds: Math.max(...kept) < 4 && all[2] > 10 * kept[2],
      };
    },
  },
  {
    entry: "M25", method: "sample dropout",
    claim: "with steps large enough for samples to drop out, the return is not lower than ESPO's without dropout",
    async run() {
      const large = { learningRate: 1e-3 };
      const [dropout, espo] = await Promise.all(["espo-sample-dropout", "espo"].map((each) => cartPole(each, large)));
      return {
        figure: `returns ${rounded(dropout.returns)} against ${rounded(espo.returns)}`,
        holds: dropout.return >= espo.return,
      };
    },
  },
  {
    entry: "M27", method: "P3O",
    claim: "it moves further from the old policy than PPO at no lower return",
    async run() {
      // The paper's pair for continuous control, which holds the policy back less than its other.
      const pair = { ...published, preconditionerSharpness: 4, klCoefficient: 0.1 };
      const [soft, ppo] = await Promise.all([cartPole("preconditioned-ppo", pair), cartPole("ppo")]);
      return {
        figure: `mean KL ${short(soft.kl)} against ${short(ppo.kl)}; returns ${rounded(soft.returns)} against ` +
          rounded(ppo.returns),
        holds: soft.kl > ppo.kl && soft.return >= 0.98 * ppo.return,
      };
    },
  },
  {
    entry: "M29", method: "PPO-EWMA",
    claim: "a quarter of the batch, step and decay adjusted, changes the return less than PPO's",
    async run() {
      const one = { epochs: 1, klStop: 0, learningRate: 1e-3, horizon: 64, minibatchSize: 128 };
      const quarter = { ...one, learningRate: 5e-4, horizon: 16, minibatchSize: 32 };
      // The average's centre of mass stays where it is, counted in samples: 9 steps become 36.
      const changes = [];
      for (const algorithm of ["ppo-ewma", "ppo"]) {
        const [large, small] = await Promise.all([one, { ...quarter, anchorDecay: 1 - 1 / 36 }].map((each) =>
          cartPole(algorithm, each)));
        changes.push([large.return, small.return]);
      }
      const [averaged, plain] = changes.map(([large, small]) => Math.abs(small - large));
      return {
        figure: `${rounded(changes[0])} against PPO's ${rounded(changes[1])} (whole batch, quarter)`,
        holds: averaged < plain,
      };
    },
  },
  {
    entry: "M30", method: "EAPO",
    claim: "in a corridor with a distractor its policy has more entropy than PPO's at no lower return",
    async run() {
      const [eapo, ppo] = await Promise.all([["eapo", { secondDiscount: 0.99 }], ["ppo", {}]].map(([each, own]) =>
        trained(each, corridor, { steps: 60_000, hyperparameters: { horizon: 128, ...own } })));
      return {
        figure: `mean entropy ${short(eapo.entropy)} against ${short(ppo.entropy)}; returns ` +
          `${eapo.returns.map(short).join(", ")} against ${ppo.returns.map(short).join(", ")}`,
        holds: eapo.entropy > 1.2 * ppo.entropy && eapo.return > 0.98 * ppo.return,
      };
    },
  },
  {
    entry: "M30", method: "EAPO",
    claim: "on CartPole its policy keeps more entropy than PPO's at no lower return",
    async run() {
      const [eapo, ppo] = await Promise.all(["eapo", "ppo"].map((each) => cartPole(each, {})));
      return {
        figure: `mean entropy ${short(eapo.entropy)} against ${short(ppo.entropy)}; returns ${rounded(eapo.returns)} ` +
          `against ${rounded(ppo.returns)}`,
        holds: eapo.entropy > 1.2 * ppo.entropy && eapo.return > 0.95 * ppo.return,
      };
    },
  },
  {
    entry: "M38", method: "CMPO (from rollouts)",
    claim: "rewards a thousand times as large change nothing; MDPO on plain advantages takes another path",
    async run() {
      const plain = { standardizeAdvantages: false };
      const [one, large, mdpo, mdpoLarge] = await Promise.all([
        onBandit("clipped-maximum-a-posteriori", {}), onBandit("clipped-maximum-a-posteriori", {}, 1000),
        onBandit("mdpo", plain), onBandit("mdpo", plain, 1000),
      ]);
      const off = Math.abs(large.return / 1000 - one.return);
      return {
        figure: `returns ${short(one.return)}, and ${short(large.return / 1000)} in units of a thousand; MDPO ` +
          `${short(mdpo.return)} and ${short(mdpoLarge.return / 1000)}`,
        holds: off < 1e-3 && Math.abs(mdpoLarge.return / 1000 - mdpo.return) > 1e-3,
      };
    },
  },
  {
    entry: "M38", method: "CMPO (from rollouts)",
    claim: "on CartPole it learns as fast as MDPO",
    async run() {
      const [clipped, mdpo] = await Promise.all(["clipped-maximum-a-posteriori", "mdpo"].map((each) =>
        cartPole(each, {})));
      return {
        figure: `returns ${rounded(clipped.returns)} against ${rounded(mdpo.returns)}`,
        holds: clipped.return > 0.95 * mdpo.return,
      };
    },
  },
  {
    entry: "M34", method: "MDAC",
    claim: "unbounded log-probabilities blow action gaps up, bounded ones do not",
    run() {
      const clipped = { rewardBound: clippedBound, targetBound: clippedBound };
      const [none, clip, all] = [{ share: 0 }, clipped, {}].map((own) => {
        const run = new AdvantageLearning(golden, { temperature: 0.2, share: 0.99, ...own });
        for (let k = 0; k < 6000; k++) run.step();
        return run.q[3] - run.q[2];
      });
      return {
        figure: `gap ${short(none)} without, ${short(clip)} clipped, ${short(all)} unbounded`,
        holds: clip < 1.2 * none && all > 50 * none,
      };
    },
  },
  {
    entry: "M34", method: "MDAC",
    claim: "on Pendulum the unbounded term hurts SAC",
    async run() {
      const [sac, unbounded] = [await pendulum("sac"), await pendulum("mdac", { advantageBound: "none" })];
      return {
        figure: `returns ${rounded(unbounded.returns)} against ${rounded(sac.returns)}; mean Q ${short(unbounded.q)} ` +
          `against ${short(sac.q)}`,
        holds: unbounded.return < sac.return - 200,
      };
    },
  },
  {
    entry: "M34", method: "MDAC",
    claim: "on Pendulum the bounded term helps SAC",
    async run() {
      const [sac, clip, tanh] = [
        await pendulum("sac"), await pendulum("mdac"), await pendulum("mdac", { advantageBound: "tanh" }),
      ];
      return {
        figure: `clip ${rounded(clip.returns)}; tanh ${rounded(tanh.returns)}; SAC ${rounded(sac.returns)}`,
        holds: clip.return > sac.return || tanh.return > sac.return,
      };
    },
  },
  {
    entry: "M36", method: "greedy actor-critic",
    claim: "on Pendulum its return hangs less on the entropy's weight than SAC's",
    async run() {
      const weights = [0.01, 0.1, 1, 10];
      const step = { learningRate: 1e-3, valueLearningRate: 1e-3 };
      const returnsOf = async (algorithm) => {
        const returns = [];
        for (const temperature of weights) returns.push((await pendulum(algorithm, { ...step, temperature })).return);
        return returns;
      };
      const [greedy, sac] = [await returnsOf("greedy-actor-critic"), await returnsOf("sac")];
      const [own, other] = [greedy, sac].map((each) => Math.max(...each) - Math.min(...each));
      return {
        figure: `returns ${rounded(greedy)} at weights ${weights.join(", ")} against ${rounded(sac)}`,
        holds: own < 0.7 * other && Math.min(...greedy) > -1000,
      };
    },
  },
  {
    entry: "M37", method: "proximal critics",
    claim: "on CartPole with targets that switch every 200 steps, Q oscillates less, at no lower return",
    async run() {
      const common = {
        horizon: 25, networks: { hidden: [32] }, batchSize: 64, learningRate: 1e-3, valueLearningRate: 1e-3,
        temperature: 0.02, critics: 1, targetRate: 1, targetEvery: 200,
      };
      const [proximal, plain] = await Promise.all([0.01, 0].map((proximalShare) => trained("sac", "CartPole-v1", {
        steps: 12_000, envs: 1, hyperparameters: { ...common, proximalShare },
      })));
      const [near, far] = [proximal, plain].map(({ runs }) => mean(runs.map(oscillation)));
      return {
        figure: `second differences of the mean Q ${short(near)} of it against ${short(far)}; returns ` +
          `${rounded(proximal.returns)} against ${rounded(plain.returns)}`,
        holds: near < far && proximal.return >= plain.return,
      };
    },
  },
  {
    entry: "M47", method: "HAMDPO",
    claim: "networks whose steps follow one another agree where simultaneous ones pass each other by",
    async run() {
      const payoffs = {};
      for (const order of ["sequential", "simultaneous"]) {
        const team = await SequentialMdpo.create(coordinationGame([[1, -1], [-1, 1]]), {
          iterations: 2, rounds: 512, seed: 1, order,
          hyperparameters: { networks: { hidden: [] }, stepSize: 20, innerSteps: 100, learningRate: 0.05 },
        });
        [[0.6, 0.4], [0.4, 0.6]].forEach((policy, i) => team.parameters(i).set([0, 0, ...policy.map(Math.log)]));
        payoffs[order] = [team.step(), team.step(), team.play()];
        team.dispose();
      }
      const { sequential, simultaneous } = payoffs;
      return {
        figure: `payoffs ${sequential.map(short).join(", ")} against ${simultaneous.map(short).join(", ")}`,
        holds: sequential[2] > 0.9 && simultaneous[2] < -0.9,
      };
    },
  },
  {
    entry: "M56", method: "online mirror descent",
    claim: "a batch can be used many times without clipping",
    async run() {
      const [squared, free] = [
        await onBandit("online-mirror-descent", { stepSize: 0.5 }), await onBandit("mdpo", { stepSize: 1e6 }),
      ];
      return {
        figure: `reward ${short(squared.return)} of 0.9 after 100 steps a batch, the bare surrogate's ` +
          short(free.return),
        holds: squared.return > 0.75 && squared.return > free.return,
      };
    },
  },
  {
    entry: "M57", method: "WARP",
    claim: "an anchor that follows lets the reward grow where a frozen one holds it back",
    async run() {
      const [moving, frozen] = await Promise.all([0.05, 0].map((anchorShare) =>
        onBandit("warp", { anchorShare, anchorWeight: 1, innerSteps: 20 })));
      return {
        figure: `reward ${short(moving.return)} of 0.9, with the first policy as the anchor ${short(frozen.return)}`,
        holds: moving.return > frozen.return + 0.05,
      };
    },
  },
];

/**
 * Variance of the terms of mean r A over samples of N(0, 1), A = a clipped to [-1, 1], where the new policy is
 * N(drift, 1); with dropout of the terms with |r - 1| < 1 alone. By a fine grid, which has no noise of its own.
 */
function surrogateVariance(drift, drops) {
  let [weight, first, second] = [0, 0, 0];
  for (let a = -12; a <= 12; a += 1e-3) {
    const ratio = Math.exp(drift * a - drift * drift / 2);
    if (drops && Math.abs(ratio - 1) >= 1) continue;
    const density = Math.exp(-a * a / 2);
    const term = ratio * Math.max(-1, Math.min(1, a));
    weight += density;
    first += density * term;
    second += density * term * term;
  }
  return second / weight - (first / weight) ** 2;
}

/** Mean |second difference| of the mean Q over the second half of a run's records, over its mean there. */
function oscillation(records) {
  const q = records.slice(Math.floor(records.length / 2)).map(({ losses }) => losses.q);
  return mean(q.slice(2).map((x, i) => Math.abs(x - 2 * q[i + 1] + q[i]))) / mean(q);
}

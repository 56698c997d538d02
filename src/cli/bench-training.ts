/** Whole trainings of CartPole-v1 as items of the bench. */
import { BregmanError } from "../error.ts";
import type { BenchItem, Libraries, Prepared } from "./bench-items.ts";

/** CleanRL's settings of PPO on classic control; the networks are this kit's defaults, two of 64-64 with tanh. */
const cleanRl = {
  learningRate: { from: 2.5e-4, to: 0 }, valueLearningRate: { from: 2.5e-4, to: 0 }, adamEpsilon: 1e-5,
  horizon: 128, epochs: 4, minibatchSize: 128, discount: 0.99, gaeLambda: 0.95, clipRange: 0.2, valueClipRange: 0.2,
  entropyCoefficient: 0.01, valueCoefficient: 0.5, maxGradientNorm: 0.5,
  standardizeAdvantages: true, normalizeObservations: false, normalizeRewards: false,
} as const;
const steps = 500_000;
const envs = 4;
/** What Gymnasium calls solved. */
const wantedReturn = 475;

export const trainingItems: readonly BenchItem[] = [
  {
    name: "cartpole-training", unit: "steps/s", better: "higher", peer: "cartpole_training_steps_s",
    meaning: `train("CartPole-v1") as CleanRL sets PPO, ${steps} steps, from the call to the trained policy`,
    prepare: async (libraries) => wholeTraining(libraries),
  },
  {
    name: "cartpole-return-475", unit: "s", better: "lower",
    meaning: `the same until the mean return of 100 episodes is ${wantedReturn}; each repeat is another seed`,
    prepare: async (libraries) => timeToReturn(libraries),
  },
];

function wholeTraining({ facade, threads }: Libraries): Prepared {
  const returns: (number | null)[] = [];
  const seconds: number[] = [];
  return {
    async measure() {
      const began = performance.now();
      const { summary, policy } = await facade.train("CartPole-v1", {
        algorithm: "ppo", device: "wasm", threads, envs, steps, seed: returns.length,
        hyperparameters: cleanRl,
      });
      seconds.push((performance.now() - began) / 1000);
      policy.dispose();
      returns.push(summary.meanReturn);
      return summary.steps / seconds.at(-1)!;
    },
    facts: () => ({
      meanReturns: returns.map((mean) => mean && Math.round(mean)),
      seconds: seconds.map((each) => Number(each.toFixed(2))),
    }),
    dispose() {},
  };
}

function timeToReturn({ facade, threads }: Libraries): Prepared {
  const stepsTaken: number[] = [];
  return {
    async measure() {
      const began = performance.now();
      const trainer = await facade.createTrainer("CartPole-v1", {
        algorithm: "ppo", device: "wasm", threads, envs, steps, seed: stepsTaken.length, hyperparameters: cleanRl,
      });
      let reached = -Infinity;
      while (reached < wantedReturn && !trainer.isDone) {
        const { meanReturn, episodes } = await trainer.update();
        if (episodes >= 100) reached = meanReturn!;
      }
      const seconds = (performance.now() - began) / 1000;
      stepsTaken.push(trainer.step);
      trainer.dispose();
      trainer.policy.dispose();
      if (reached >= wantedReturn) return seconds;
      throw new BregmanError("numerical-failure",
        `cartpole-return-475: seed ${stepsTaken.length - 1} did not reach it in ${steps} steps`);
    },
    facts: () => ({ steps: stepsTaken }),
    dispose() {},
  };
}

// Short training runs that claims are tested with.
import { createTrainer } from "../../dist/index.js";

/**
 * Each seed's mean return over the last quarter of its updates, and each metric's mean over all of them: averaged over
 * the seeds. A run whose numbers blow up counts with its last return. `runs` has each seed's records.
 */
export async function trained(algorithm, environment, { steps, seeds = 3, hyperparameters = {}, envs } = {}) {
  const returns = [];
  const runs = [];
  const metrics = {};
  for (let seed = 1; seed <= seeds; seed++) {
    const trainer = await createTrainer(environment, {
      algorithm, steps, seed, device: "wasm", hyperparameters, ...envs && { envs },
    });
    const records = [];
    try {
      for await (const record of trainer) records.push(record);
    } catch (error) {
      if (error.code !== "numerical-failure") throw error;
    }
    trainer.dispose();
    runs.push(records);
    const last = records.slice(Math.floor(0.75 * records.length)).map(({ meanReturn }) => meanReturn ?? NaN);
    returns.push(mean(last.filter(Number.isFinite)));
    for (const name of Object.keys(records.at(-1).losses)) {
      (metrics[name] ??= []).push(mean(records.map(({ losses }) => losses[name])));
    }
  }
  return {
    runs, returns, return: mean(returns),
    ...Object.fromEntries(Object.entries(metrics).map(([name, values]) => [name, mean(values)])),
  };
}

export const mean = (values) => values.reduce((sum, x) => sum + x, 0) / values.length;

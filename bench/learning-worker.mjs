// One training run after the other, as `bench/learning.mjs` asks for them.
import { parentPort, workerData } from "node:worker_threads";

const { train, evaluate } = await import(workerData.library);
const { ownTasks } = await import(workerData.ownEnvironments);

parentPort.on("message", async (job) => {
  try {
    parentPort.postMessage({ result: await run(job) });
  } catch (error) {
    parentPort.postMessage({ error: error instanceof Error ? error.message : String(error), code: error?.code });
  }
});

/** Trains from the job's seed and evaluates over 100 episodes, deterministically, on seeds that training never uses. */
async function run({ environment, own, algorithm, seed, options }) {
  const source = own ? ownTasks.find(({ name }) => name === own).make : environment;
  const began = performance.now();
  const { policy, summary } = await train(source, { device: "wasm", ...options, algorithm, seed });
  const seconds = (performance.now() - began) / 1000;
  const { mean, std, episodes } = await evaluate(policy, own ? source : undefined, { episodes: 100, seed });
  return {
    steps: summary.steps, seconds, device: summary.device, deviceReason: summary.deviceReason,
    evaluation: { episodes, mean, std }, parametersHash: summary.parametersHash,
  };
}

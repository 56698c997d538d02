// Trains a policy, saves it, loads it again, evaluates it, and exports it as ONNX: node examples/node/train.mjs
import { readFile, writeFile } from "node:fs/promises";
import { evaluate, exportOnnx, load, train } from "bregman";

const { policy, summary } = await train("Acrobot-v1", {
  algorithm: "ppo",
  steps: Number(process.argv[2] ?? 100_000),
  onUpdate: ({ step, meanReturn }) => console.log(`${step} steps, return ${meanReturn?.toFixed(1) ?? "-"}`),
});
console.log(`${Math.round(summary.stepsPerSecond)} steps/s on ${summary.device}`);

await writeFile("policy.safetensors", policy.save());
const again = await load(await readFile("policy.safetensors"));
const { mean, std, episodes } = await evaluate(again, "Acrobot-v1", { episodes: 20 });
console.log(`evaluation: return ${mean.toFixed(1)} ± ${std.toFixed(1)} over ${episodes} episodes`);

await writeFile("policy.onnx", await exportOnnx(again));   // for ONNX Runtime, game engines, Python ...

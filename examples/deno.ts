// Trains, evaluates and saves a policy, then loads it again: deno run --allow-write=policy.safetensors examples/deno.ts
import { evaluate, load, train } from "bregman";

const { policy, summary } = await train("Acrobot-v1", {
  algorithm: "ppo",
  steps: Number(Deno.args[0] ?? 100_000),
  onUpdate: ({ step, meanReturn }) => console.log(`${step} steps, return ${meanReturn?.toFixed(1) ?? "-"}`),
});
console.log(`${Math.round(summary.stepsPerSecond)} steps/s on ${summary.device}`);

const bytes = policy.save();
await Deno.writeFile("policy.safetensors", bytes);
const again = await load(bytes);   // or load("https://my.site/policy.safetensors")
const { mean, std, episodes } = await evaluate(again, "Acrobot-v1", { episodes: 20 });
console.log(`evaluation: return ${mean.toFixed(1)} ± ${std.toFixed(1)} over ${episodes} episodes`);

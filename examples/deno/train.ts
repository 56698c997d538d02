// Trains, evaluates, saves and loads a policy without any permission: deno run examples/deno/train.ts
// Elsewhere: import ... from "https://.../bregman@VERSION/dist/index.js" or "npm:bregman".
import { evaluate, load, train } from "../../dist/index.js";

const { policy, summary } = await train("Acrobot-v1", {
  algorithm: "ppo",
  steps: Number(Deno.args[0] ?? 100_000),
  onUpdate: ({ step, meanReturn }) => console.log(`${step} steps, return ${meanReturn?.toFixed(1) ?? "-"}`),
});
console.log(`${Math.round(summary.stepsPerSecond)} steps/s on ${summary.device}`);

const bytes = policy.save();   // to keep them: Deno.writeFile("policy.safetensors", bytes), with --allow-write
const again = await load(bytes);   // or load("https://my.site/policy.safetensors"), with --allow-net=my.site
const { mean, std, episodes } = await evaluate(again, "Acrobot-v1", { episodes: 20 });
console.log(`evaluation: return ${mean.toFixed(1)} ± ${std.toFixed(1)} over ${episodes} episodes`);

// Makes champion.safetensors: node examples/arena/train-champion.mjs
import { writeFileSync } from "node:fs";
import { train } from "../../dist/index.js";
import { practice } from "./practice.js";
import makeSumo from "./sumo-environment.js";

const { policy, summary } = await train(makeSumo, {
  ...practice, device: "wasm",
  onUpdate: ({ step, meanReturn }) => process.stdout.write(`\r${step} ${meanReturn.toFixed(2)}  `),
});
writeFileSync(new URL("champion.safetensors", import.meta.url), policy.save());
console.log(`\n${summary.steps} steps, ${summary.seconds.toFixed(0)} s, ${policy.parametersHash()}`);

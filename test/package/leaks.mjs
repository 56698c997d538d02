// 200 times: create, train, act, save, load, dispose. Prints "fine", or what stays behind. Needs --expose-gc.
import { createTrainer, load as loadFully, makeEnv, makeVectorEnv } from "../../dist/index.js";
import { load } from "../../dist/policy.js";

const cycles = 200;

/** Every memory that an instance has, while it lives. */
const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports);
    if (this.exports.memory) memories.push(new WeakRef(this.exports.memory));
  }
};

const small = { networks: { hidden: [4] } };
const runs = [
  ["CartPole-v1", 4, { algorithm: "mdpo", envs: 2, hyperparameters: { ...small, horizon: 16, innerSteps: 2 } }],
  ["Pendulum-v1", 3, { algorithm: "trpo", envs: 2, hyperparameters: { ...small, horizon: 16 } }],
  ["Pendulum-v1", 3, {
    algorithm: "sac", envs: 1, hyperparameters: { ...small, warmupSteps: 16, batchSize: 8, bufferSize: 64 },
  }],
];

async function cycle(seed) {
  const [name, size, options] = runs[seed % runs.length];
  const trainer = await createTrainer(name, { ...options, device: "wasm", seed, steps: 64 });
  await trainer.update();
  const bytes = trainer.policy.save();
  for (const policy of [trainer.policy, await loadFully(bytes), await load(bytes)]) {
    policy.act(new Float32Array(size));
    policy.dispose();
  }
  trainer.dispose();
  (await makeVectorEnv(name, { count: 2 })).dispose();
  (await makeEnv(name)).close();
}

/** Memories that live, and their bytes, once everything unreachable is gone. */
async function alive() {
  for (let i = 0; i < 4; i++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    globalThis.gc();
  }
  const found = memories.map((memory) => memory.deref()).filter(Boolean);
  return { count: found.length, bytes: found.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) };
}

for (let seed = 0; seed < cycles; seed++) await cycle(seed);
const { count, bytes } = await alive();
console.log(memories.length >= 8 * cycles && count === 0 ? "fine"
  : `${count} of ${memories.length} memories live on, with ${bytes} bytes`);

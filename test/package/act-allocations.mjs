// How many bytes a call of `act` leaves on the heap. Prints "fine", or what allocates. Needs --expose-gc.
import { load } from "../../dist/policy.js";
import { train } from "../../dist/index.js";

const calls = 10_000;
/** The smallest object takes 12 bytes; what the engine's own compilers leave behind is less. */
const most = 4;

const task = (observationSpace, observation, actionSpace) => () => ({
  observationSpace, actionSpace,
  reset: () => ({ observation, info: {} }),
  step: () => ({ observation, reward: 0, terminated: false, truncated: true, info: {} }),
});
const box = (size) => ({ kind: "box", shape: [size], low: -1, high: 1 });
const rich = { kind: "dict", spaces: {
  a: box(3), b: { kind: "discrete", n: 3 }, c: { kind: "multi-binary", n: 3 },
  d: { kind: "tuple", spaces: [{ kind: "multi-discrete", nvec: [2, 3] }] },
} };
const richValue = { a: Float32Array.of(0.1, 0.2, 0.3), b: 1, c: Int32Array.of(0, 1, 1), d: [Int32Array.of(1, 2)] };
const place = Float32Array.of(0.1, 0.2, 0.3, 0.4);

const cases = [
  ["Gaussian", task(box(4), place, box(2)), place, new Float32Array(2), undefined, {}],
  ["squashed", task(box(4), place, box(2)), place, new Float32Array(2), undefined,
    { squash: true, stateDependentStd: true, networks: { layerNorm: true } }],
  ["discrete", task(box(4), place, { kind: "discrete", n: 3 }), place, undefined, Uint8Array.of(1, 1, 0), {}],
  ["dictionary to choices", task(rich, richValue, { kind: "multi-discrete", nvec: [3, 2] }), richValue,
    new Int32Array(2), Uint8Array.of(1, 1, 0, 1, 1), {}],
];

/** Least of many measurements, with pauses: what an engine has not compiled yet boxes its numbers. */
async function bytesPerCall(policy, observation, options) {
  const act = () => { for (let i = 0; i < calls; i++) policy.act(observation, options); };
  act();
  let least = Infinity;
  for (let attempt = 0; attempt < 40 && least > most; attempt++) {
    act();
    await new Promise((resolve) => setTimeout(resolve, 10));
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    act();
    least = Math.min(least, (process.memoryUsage().heapUsed - before) / calls);
  }
  return least;
}

const faults = [];
for (const [name, environment, observation, out, actionMask, hyperparameters] of cases) {
  const { policy } = await train(environment, {
    steps: 64, envs: 2, device: "wasm", hyperparameters: { horizon: 16, minibatchSize: 16, ...hyperparameters },
  });
  for (const [entry, each] of [["bregman", policy], ["bregman/policy", await load(policy.save())]]) {
    for (const deterministic of [true, false]) {
      for (const mask of actionMask ? [undefined, actionMask] : [undefined]) {
        const bytes = await bytesPerCall(each, observation, { out, deterministic, actionMask: mask });
        const how = `${deterministic ? "mode" : "sample"}${mask ? ", masked" : ""}`;
        if (bytes > most) faults.push(`${entry}, ${name}, ${how}: ${bytes} bytes a call`);
      }
    }
  }
}
console.log(faults.length === 0 ? "fine" : faults.join("\n"));

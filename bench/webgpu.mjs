// What a GPU makes of programs, through dist/ alone; one JSON line an item.
//
//   node bench/webgpu.mjs [--items matmul-1024,ppo-update-2048] [--seconds 0.3] [--large]
//
// Items: matmul-N, ppo-update-N, sac-update-N (bench/work-items.mjs), crossover. Results are checked before anything is
// timed: matmuls against float64, updates against the wasm device. `rate` has 16 updates a submit and waits once a
// repeat; `waiting` reads the loss back after each update. A software rasterizer is spared the large items unless
// --large is given. webgpu_peers.py runs the same items in PyTorch and JAX.
import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { matmulItem, ppoItem, sacItem } from "./work-items.mjs";

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const all = ["matmul-64", "matmul-256", "matmul-1024", "matmul-4096", "ppo-update-64", "ppo-update-2048",
  "ppo-update-65536", "sac-update-256", "sac-update-4096", "crossover"];
const wanted = option("items", all.join(",")).split(",");
const repeatSeconds = Number(option("seconds", "0.3"));
const makers = { matmul: matmulItem, "ppo-update": ppoItem, "sac-update": sacItem };
const runsPerCall = 16;
/** Runs of more floating-point operations than this are too long for a CPU that poses as a GPU. */
const softwareLimit = 1e9;

const swiftShader = "/usr/lib/chromium/vk_swiftshader_icd.json";
if (!process.env.VK_ICD_FILENAMES && !existsSync("/dev/nvidia0") && existsSync(swiftShader)) {
  process.env.VK_ICD_FILENAMES = swiftShader;
}
const t = await import(new URL("../dist/tensor.js", import.meta.url));
const gpu = await t.createWebGpuDevice();
console.log(JSON.stringify({ item: "machine", gpu: gpu.description, cpu: cpus()[0].model, node: process.version,
  limits: Object.fromEntries(["maxComputeWorkgroupStorageSize", "maxComputeInvocationsPerWorkgroup",
    "maxStorageBufferBindingSize"].map((name) => [name, gpu.gpu.limits[name]])),
  features: [...gpu.gpu.features] }));

for (const name of wanted) {
  try {
    console.log(JSON.stringify(name === "crossover" ? await crossover() : await measured(name)));
  } catch (error) {
    console.log(JSON.stringify({ item: name, failed: String(error?.message ?? error).slice(0, 2000) }));
  }
}
process.exit(0);

function itemOf(name) {
  const at = name.lastIndexOf("-");
  const make = makers[name.slice(0, at)];
  if (!make) throw new Error(`there is no item "${name}": use ${all.join(", ")}`);
  return make(t, Number(name.slice(at + 1)));
}

async function measured(name) {
  const item = itemOf(name);
  if (gpu.software && item.flops > softwareLimit && !process.argv.includes("--large")) {
    return { item: name, skipped: "too large for a software rasterizer; --large runs it nevertheless" };
  }
  const began = performance.now();
  const loaded = await prepared(gpu, item);
  const loadMs = performance.now() - began;
  const isMatmul = name.startsWith("matmul");
  const checked = isMatmul ? { worstError: await checkMatmul(loaded, item) } : await checkLosses(loaded, item);
  restart(gpu, loaded, item);
  const { rate, lowest, highest, counted } = await rateOf(gpu, loaded);
  const waiting = isMatmul ? undefined : (await rateOf(gpu, loaded, 1)).rate;
  const wasm = item.flops < softwareLimit / 2 ? await onWasm(item) : undefined;
  loaded.dispose();
  const unit = isMatmul ? "products/s" : "updates/s";
  const scale = isMatmul ? 2 : 1;   // a run of a matmul item is two products
  const figures = { rate, lowest, highest, waiting, wasm };
  const scaled = Object.entries(figures).map(([key, value]) => [key, value && significant(scale * value)]);
  return {
    item: name, unit, ...Object.fromEntries(scaled), gflops: significant(rate * item.flops / 1e9),
    megaflop: significant(item.flops / scale / 1e6), dispatches: loaded.stepCount / scale, ...counted, ...checked,
    loadMs: significant(loadMs),
  };
}

/** Where a GPU begins to win: updates/s of both devices at growing batches. */
async function crossover() {
  const rows = [];
  const sizes = gpu.software ? ["ppo-update-64", "ppo-update-128"] : [
    ...[64, 128, 256, 512, 1024, 2048, 4096].map((batch) => `ppo-update-${batch}`),
    ...[16, 64, 128].map((batch) => `sac-update-${batch}`),
  ];
  for (const name of sizes) {
    const item = itemOf(name);
    const loaded = await prepared(gpu, item);
    const { rate } = await rateOf(gpu, loaded, runsPerCall, 3, repeatSeconds / 3);
    const waiting = (await rateOf(gpu, loaded, 1, 3, repeatSeconds / 3)).rate;
    loaded.dispose();
    const [webgpu, wasm] = [rate, await onWasm(item)];
    rows.push({ item: name, multiplyAdds: item.program.work.multiplyAdds, kernels: item.program.kernels.length,
      webgpu: significant(webgpu), waiting: significant(waiting), wasm: significant(wasm) });
  }
  return { item: "crossover", unit: "updates/s", rows };
}

async function onWasm(item) {
  const device = await t.createWasmDevice();
  const loaded = await prepared(device, item);
  const { rate } = await rateOf(device, loaded, 1, 3, repeatSeconds / 3);
  device.dispose();
  return rate;
}

async function prepared(device, item) {
  const loaded = await device.load(item.program);
  restart(device, loaded, item);
  return loaded;
}

function restart(device, loaded, { data }) {
  for (const [name, values] of Object.entries(data)) {
    const buffer = loaded.buffer(name);
    device.write(buffer, typeof values === "number" ? new Float32Array(buffer.size).fill(values) : values);
  }
}

/** Something small to wait for: the loss, or the item's first input that changes. */
function wait(device, loaded) {
  return device.read(loaded.buffer(loaded.program.outputs.has("loss") ? "loss" : "x"), 1);
}

/** Updates per second: the median, lowest and highest of `repeats`; and what one call of `run` cost in submits. */
async function rateOf(device, loaded, perCall = runsPerCall, repeats = 5, seconds = repeatSeconds) {
  const batch = async (calls) => {
    const began = performance.now();
    for (let i = 0; i < calls; i++) {
      loaded.run(perCall);
      if (perCall === 1 && device.kind === "webgpu") await wait(device, loaded);
    }
    await wait(device, loaded);
    return (performance.now() - began) / 1000;
  };
  let calls = 1;
  let spent = await batch(1);
  for (spent = await batch(1); spent < seconds / 3; spent = await batch(calls)) calls *= 2;
  calls = Math.max(1, Math.round((calls * seconds) / spent));
  const before = { ...device.counters };
  const rates = [];
  for (let i = 0; i < repeats; i++) rates.push((calls * perCall) / await batch(calls));
  rates.sort((a, b) => a - b);
  const counted = device.counters && {
    submitsPerRun: (device.counters.submits - before.submits) / (repeats * calls * perCall),
    dispatchesPerRun: (device.counters.dispatches - before.dispatches) / (repeats * calls * perCall),
  };
  return { rate: rates[repeats >> 1], lowest: rates[0], highest: rates[repeats - 1], counted };
}

/** The losses before the first and after 50 updates (5 where they are large), which wasm has to share. */
async function checkLosses(loaded, item) {
  const updates = item.flops > softwareLimit / 2 ? 5 : 50;
  const lossesOn = async (device, program) => {
    restart(device, program, item);
    program.run();
    const first = (await wait(device, program))[0];
    program.run(updates);
    return [first, (await wait(device, program))[0]];
  };
  const found = await lossesOn(gpu, loaded);
  const device = await t.createWasmDevice();
  const onCpu = await lossesOn(device, await device.load(item.program));
  device.dispose();
  const worst = Math.max(...found.map((loss, i) => Math.abs(loss - onCpu[i])));
  if (!(worst < 5e-4 * Math.max(1, Math.abs(onCpu[1])))) {
    throw new Error(`losses ${found.join(", ")}, but ${onCpu.join(", ")} on wasm`);
  }
  const rounded = (losses) => losses.map((loss) => Number(loss.toFixed(5)));
  return { updates, losses: rounded(found), wasmLosses: rounded(onCpu) };
}

/** Some rows of (x b) b in float64 against what the GPU has; returns the worst relative error. */
async function checkMatmul(loaded, { data: { x, b } }) {
  const n = Math.sqrt(x.length);
  loaded.run();
  const found = await gpu.read(loaded.buffer("x"));
  const times = (row) => {
    const sum = new Float64Array(n);
    for (let k = 0; k < n; k++) for (let j = 0; j < n; j++) sum[j] += row[k] * b[k * n + j];
    return sum;
  };
  let worst = 0;
  for (const row of [0, n >> 1, n - 1]) {
    const exact = times(times(Float64Array.from(x.subarray(row * n, row * n + n))));
    exact.forEach((value, j) => {
      worst = Math.max(worst, Math.abs(found[row * n + j] - value) / Math.max(1e-3, Math.abs(value)));
    });
  }
  if (!(worst < 1e-4)) throw new Error(`the product is wrong by ${worst}`);
  return significant(worst);
}

function significant(x) {
  return Number(x.toPrecision(4));
}

// How much a page notices of training: a page in Chromium that draws a frame whenever it may, while a worker trains,
// and while the main thread trains with trainer.advance({ budgetMs: 4 }). Prints the longest task, the 99th percentile
// of what policy.act takes, and of what advance takes beyond its budget; "noise" is that of how much longer than at
// best a fixed loop of about a millisecond takes: what other programs on the machine add to the rest.
//
//   node bench/jank.mjs [seconds per case]
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { chromium } from "playwright";
import { findChromium, root } from "../test/runtimes.mjs";

const seconds = Number(process.argv[2] ?? 6);

/** Cases: environment and options. */
const cases = {
  "mdpo, CartPole": ["CartPole-v1", { algorithm: "mdpo" }],
  "ppo, Pendulum": ["Pendulum-v1", { algorithm: "ppo" }],
  "trpo, CartPole": ["CartPole-v1", { algorithm: "trpo" }],
  "ppo, 256-256, batch 8192": ["CartPole-v1", {
    algorithm: "ppo", envs: 16,
    hyperparameters: { horizon: 512, minibatchSize: 2048, networks: { hidden: [256, 256] } },
  }],
  "sac, Pendulum": ["Pendulum-v1", { algorithm: "sac" }],
  "mdpo-off-policy, 256-256": ["Pendulum-v1", {
    algorithm: "mdpo-off-policy", hyperparameters: { networks: { hidden: [256, 256] } },
  }],
};

/** Runs in the page. Frames measure `act`; on the main thread they also train, within their budget. */
async function measure({ environment, options, worker, milliseconds }) {
  const { createTrainer } = await import("/index.js");
  const timed = (work) => {
    const began = performance.now();
    work();
    return performance.now() - began;
  };
  const trainer = await createTrainer(environment, { ...options, device: "wasm", steps: 1e8, worker });
  const observation = environment === "CartPole-v1" ? [0, 0, 0, 0] : [1, 0, 0];
  const [acts, overruns, tasks, frames, spins] = [[], [], [], [], []];
  // A page acts once while it loads: the first call compiles.
  const first = timed(() => trainer.policy.act(observation));
  await new Promise((resolve) => setTimeout(resolve, 100));
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "longtask" });
  const began = performance.now();
  const training = worker && trainer.run(() => {}).catch(() => {});
  const budgetMs = 4;
  await new Promise((resolve) => {
    const frame = async (now) => {
      frames.push(now);
      if (!worker) {
        const started = performance.now();
        await trainer.advance({ budgetMs });
        overruns.push(performance.now() - started - budgetMs);
      }
      spins.push(timed(() => { for (let i = 0; i < 1e6; i++) observation[0] = 0; }));
      acts.push(timed(() => { for (let i = 0; i < 10; i++) trainer.policy.act(observation); }) / 10);
      if (performance.now() - began < milliseconds) requestAnimationFrame(frame);
      else resolve();
    };
    requestAnimationFrame(frame);
  });
  const { step } = trainer;
  trainer.dispose();
  await training;
  const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;
  return {
    frames: frames.length, step, act: quantile(acts, 0.99), overrun: quantile(overruns, 0.99),
    worst: quantile(overruns, 1), noise: quantile(spins, 0.99) - quantile(spins, 0),
    longest: Math.max(0, ...tasks), tasks: tasks.length, first,
  };
}

const server = createServer(({ url }, response) => {
  const file = join(root, "dist", url);
  const isScript = url.endsWith(".js") && existsSync(file);
  response.writeHead(200, { "Content-Type": isScript ? "text/javascript" : "text/html" });
  if (isScript) createReadStream(file).pipe(response);
  else response.end("<!doctype html>");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
try {
  console.log("where, what".padEnd(40) +
    "frames  env steps  act p99  overrun p99, worst    noise  longest task (over 50 ms)  first act");
  for (const worker of [true, false]) {
    for (const [name, [environment, options]] of Object.entries(cases)) {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      const result = await page.evaluate(measure, { environment, options, worker, milliseconds: 1000 * seconds });
      const { frames, step, act, overrun, worst, noise, longest, tasks, first } = result;
      const beyond = worker ? "-" : `${overrun.toFixed(1)}, ${worst.toFixed(1)} ms`;
      console.log(`${`${worker ? "worker" : "main"}: ${name}`.padEnd(40)}${String(frames).padStart(6)}` +
        `${String(step).padStart(11)}${`${act.toFixed(3)} ms`.padStart(9)}${beyond.padStart(20)}` +
        `${`${noise.toFixed(1)} ms`.padStart(9)}${`${longest.toFixed(0)} ms (${tasks})`.padStart(14)}${`${first.toFixed(0)} ms`.padStart(12)}`);
      await page.close();
    }
  }
} finally {
  await browser.close();
  server.close();
}

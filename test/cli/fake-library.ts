/**
 * A library of a few lines for the tests of the command line: its "training" is a 32-bit congruential generator, so a
 * resumed run can be told from one that was never stopped, and each update takes as long as FAKE_UPDATE_MS says.
 */
import { BregmanError } from "../../src/error.ts";
import type {
  Evaluation, ListEntry, ListKind, Policy, Trainer, TrainerOptions,
} from "../../src/cli/library.ts";

interface State {
  env: string;
  algorithm: string;
  seed: number;
  total: number;
  steps: number;
  word: number;
}

const STEPS_PER_UPDATE = 100;
const ENVIRONMENTS: readonly ListEntry[] = [
  { name: "CartPole-v1", actionSpace: { kind: "discrete", n: 2 }, maxEpisodeSteps: 500, high: [Infinity] },
  { name: "Pendulum-v1", actionSpace: { kind: "box", shape: [1] }, maxEpisodeSteps: null },
].map((entry): ListEntry => entry);
const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

function decode(bytes: Uint8Array): State {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as State;
  } catch {
    throw new BregmanError("checkpoint-corrupt", "not a checkpoint");
  }
}

export async function createTrainer(env: string | undefined, options: TrainerOptions): Promise<Trainer> {
  if (env === "Unknown-v0") throw new BregmanError("unknown-environment", 'unknown environment "Unknown-v0"');
  if (options.device === "webgpu") throw new BregmanError("webgpu-unavailable", "there is no\nGPU");
  const state = options.resume ? decode(options.resume) : {
    env: env!, algorithm: options.algorithm ?? "mdpo", seed: options.seed ?? 0, total: options.steps ?? 1000, steps: 0,
    word: options.seed ?? 0,
  };
  if (options.resume && options.steps !== undefined && options.steps !== state.total) {
    throw new BregmanError("checkpoint-mismatch", "steps differ");
  }
  const hash = () => (state.word >>> 0).toString(16).padStart(8, "0");
  const policy: Policy = { save: () => encode(state), parametersHash: hash };
  return {
    policy,
    get isDone() { return state.steps >= state.total; },
    totalSteps: state.total,
    async update() {
      const wait = Number(process.env.FAKE_UPDATE_MS ?? 0);
      if (wait > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait);
      if (state.algorithm === "broken") throw new BregmanError("numerical-failure", "NaN in the loss");
      state.word = (Math.imul(state.word, 1664525) + 1013904223) | 0;
      state.steps += STEPS_PER_UPDATE;
      const meanReturn = state.steps === STEPS_PER_UPDATE ? NaN : state.steps / 10 + (state.word & 15);
      return { step: state.steps, episodes: 1, meanReturn, meanLength: 10, stepsPerSecond: 5, losses: { policy: 0.5 } };
    },
    summary: () => ({ env: state.env, algorithm: state.algorithm, device: "wasm", deviceReason: "a fake",
      seed: state.seed, steps: state.steps }),
    checkpoint: async () => encode(state),
    stateHash: hash,
    dispose() {},
  };
}

export async function evaluate(
  policy: Policy, _: string | undefined, { episodes, seed }: { episodes: number; seed: number },
): Promise<Evaluation> {
  const base = parseInt(policy.parametersHash(), 16) % 100;
  const returns = Array.from({ length: episodes }, (_unused, i) => base + ((i + seed) % 3));
  return { episodes, mean: returns.reduce((a, b) => a + b, 0) / episodes, std: 0.5, returns };
}

export async function load(bytes: Uint8Array): Promise<Policy> {
  const state = decode(bytes);
  return { save: () => bytes, parametersHash: () => (state.word >>> 0).toString(16).padStart(8, "0") };
}

/** What it was given. */
export async function exportOnnx(policy: Policy, options: Record<string, boolean>): Promise<Uint8Array> {
  return encode([policy.parametersHash(), options]);
}

export function list(kind: ListKind): readonly ListEntry[] {
  if (kind === "envs") return ENVIRONMENTS;
  if (kind !== "algorithms") return [{ id: "gae" }];
  const choices = { map: "a mirror map whose name is rather long", solver: { id: "adam", batches: "whole" } };
  return ["mdpo", "ppo", "broken"].map((id) => ({ paper: `${id}'s paper`, id, choices }));
}

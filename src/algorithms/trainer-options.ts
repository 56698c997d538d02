import { checkChoice, checkCount } from "../check-options.ts";
import { BregmanError, unknownName } from "../error.ts";
import { checkThreads, type Threads } from "../devices/wasm/threads.ts";
import type { EnvironmentSource } from "../envs/environment.ts";
import { checkSeed } from "../random/streams.ts";
import type { Algorithm } from "./algorithm.ts";
import type { ModuleReference } from "./module-reference.ts";
import type { PartialHyperparameters } from "../agent/hyperparameters.ts";

export interface TrainerOptions {
  /** An id from `list("algorithms")`, an algorithm object, or a module that exports one. Default "mdpo". */
  readonly algorithm?: string | Algorithm | ModuleReference;
  /** Environment steps over all copies; training runs whole iterations. Default: the preset's, else 100 000. */
  readonly steps?: number;
  /** 0 to 2^53 - 1; default 0. */
  readonly seed?: number;
  /** "auto" (default), "wasm", "webgpu", or a GPUDevice that the page already owns (it is never destroyed). */
  readonly device?: "auto" | "wasm" | "webgpu" | GPUDevice;
  /**
   * How many threads share an update on wasm, where there is shared memory: 1 to 64, or "auto": one for small updates,
   * for large ones as many as pay, found by measuring. The results have the same bits for any number.
   */
  readonly threads?: Threads;
  /** Parallel copies. Default: the preset's, else 8 (1 for an own environment that is a plain object). */
  readonly envs?: number;
  /** Merged over the preset of (algorithm, environment). */
  readonly hyperparameters?: PartialHyperparameters;
  /** "paper-code" switches on each departure of the authors' code from the paper. Default "paper". */
  readonly fidelity?: "paper" | "paper-code";
  /** Code-level choices (normalization, clipping, initialization, annealing): all on or all off, else the method's. */
  readonly codeLevel?: "loaded" | "minimal";
  /**
   * Collects the next rollout while the update runs: on a GPU the two then take as long as the longer of them. What
   * acts is one update behind what learns, so results differ from those without; default false. Rollout methods only.
   */
  readonly overlap?: boolean;
  /** Options of a built-in environment, such as FrozenLake's `map`. */
  readonly environmentOptions?: Readonly<Record<string, unknown>>;
  /** Checkpoint bytes: the run goes on where they were written, to the same bits. Other options must agree with it. */
  readonly resume?: Uint8Array;
  /** Allows a resumed run another number of steps; schedules then follow the new one. */
  readonly extend?: boolean;
  readonly signal?: AbortSignal;
  /** Called after each iteration by `train`. */
  readonly onUpdate?: (update: UpdateRecord) => void;
}

/** What one iteration reports. */
export interface UpdateRecord {
  /** Environment steps so far, over all copies. */
  readonly step: number;
  readonly iteration: number;
  /** Finished episodes so far. */
  readonly episodes: number;
  /** Over the last 100 finished episodes; null before the first. */
  readonly meanReturn: number | null;
  readonly meanLength: number | null;
  readonly stepsPerSecond: number;
  /**
   * Means over the iteration's gradient steps: objective, kl (to the old policy), entropy, valueLoss, clipFraction of
   * methods that clip ratios ...; and stepSize, the t_k of methods that weigh a divergence by it.
   */
  readonly losses: Readonly<Record<string, number>>;
}

export interface Summary {
  readonly env: string;
  readonly algorithm: string;
  readonly device: string;
  readonly deviceReason: string;
  readonly seed: number;
  readonly steps: number;
  readonly seconds: number;
  readonly stepsPerSecond: number;
  readonly meanReturn: number | null;
  readonly parametersHash: string;
  /** The departures from the paper that `fidelity: "paper-code"` switched on; empty otherwise. */
  readonly switched: readonly string[];
}

/** The environment of a trainer: a built-in name, one's own, or a module that exports one's own. */
export type EnvironmentArgument = string | EnvironmentSource | ModuleReference;

const known = [
  "algorithm", "steps", "seed", "device", "threads", "envs", "hyperparameters", "fidelity", "codeLevel", "overlap",
  "environmentOptions", "resume", "extend", "signal", "onUpdate", "worker",
];

/** Throws `unknown-option` or `invalid-option`, naming the field, what was given and what is accepted. */
export function checkTrainerOptions(options: TrainerOptions): void {
  if (typeof options !== "object" || options === null) {
    throw new BregmanError("invalid-option", `options: expected an object, got ${String(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw unknownName("unknown-option", "options", name, known);
  }
  const { steps, seed, envs, device, threads, fidelity, codeLevel, overlap, resume } = options;
  checkCount("steps", steps);
  checkCount("envs", envs);
  if (seed !== undefined) checkSeed(seed);
  checkChoice("fidelity", fidelity, ["paper", "paper-code"]);
  checkChoice("codeLevel", codeLevel, ["loaded", "minimal"]);
  if (typeof device !== "object" || device === null) {
    checkChoice("device", device, ["auto", "wasm", "webgpu"], " or a GPUDevice");
  }
  checkThreads(threads);
  if (overlap !== undefined && typeof overlap !== "boolean") {
    throw new BregmanError("invalid-option", `overlap: expected true or false, got ${String(overlap)}`);
  }
  if (resume !== undefined && !(resume instanceof Uint8Array)) {
    throw new BregmanError("invalid-option", "resume: expected the bytes of a checkpoint (Uint8Array)");
  }
}

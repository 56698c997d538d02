import { Trainer } from "./algorithms/trainer.ts";
import {
  checkTrainerOptions, type EnvironmentArgument, type Summary, type TrainerOptions, type UpdateRecord,
} from "./algorithms/trainer-options.ts";
import { wasmModule } from "./devices/wasm-instance.ts";
import { BregmanError } from "./error.ts";
import { fileBeside } from "./file-beside.ts";
import { Policy } from "./policy/policy.ts";
import type { WorkerSource } from "./worker/start-worker.ts";
import type { WorkerTrainer } from "./worker/worker-trainer.ts";

/** `worker: true` trains in a worker; see `WorkerSource` for its other values. */
export interface WorkerTrainerOptions extends TrainerOptions {
  readonly worker: WorkerSource;
}
/** The options of a trainer that may be in a worker. */
export interface AnyTrainerOptions extends TrainerOptions {
  readonly worker?: WorkerSource | false;
}
export type AnyTrainer = Trainer | WorkerTrainer;

export interface TrainResult {
  readonly policy: Policy;
  readonly history: readonly UpdateRecord[];
  readonly summary: Summary;
}

/**
 * Trains a policy and returns it with the history of updates and a summary. `environment` is a built-in name, one's own
 * environment, a function that makes one per copy, or a module that exports one of these. With `worker: true` the work
 * is done in a worker, to the same bits; an environment of one's own then has to come from a module, and options that
 * have functions (an algorithm object) likewise:
 *
 *     train({ module: new URL("./my-env.js", import.meta.url) }, { worker: true })
 *
 * What fails later, an exception of one's own environment included, carries `policy`: what was learned up to then.
 * An aborted run rejects with code `aborted`; the error carries `policy`, `summary` and `checkpoint`, the bytes to
 * resume from. Throws `worker-unavailable` where no worker can be started, `worker-lost` when it died.
 */
export async function train(environment: EnvironmentArgument, options: AnyTrainerOptions = {}): Promise<TrainResult> {
  const trainer = await createTrainer(environment, options);
  const { signal, onUpdate } = options;
  const history: UpdateRecord[] = [];
  const keep = (update: UpdateRecord): void => {
    history.push(update);
    onUpdate?.(update);
  };
  try {
    await stopIfAborted(trainer, signal);
    if ("run" in trainer) {
      await trainer.run(keep, signal);
      await stopIfAborted(trainer, signal);
    } else {
      for await (const update of trainer) {
        keep(update);
        await stopIfAborted(trainer, signal);
      }
    }
    return { policy: trainer.policy, history, summary: trainer.summary() };
  } catch (error) {
    const room = error instanceof Error && Object.isExtensible(error) && !("policy" in error);
    if (room) Object.assign(error, { policy: trainer.policy });
    throw error;
  } finally {
    trainer.dispose();
  }
}

/** A training run under the caller's control; the same options as `train`. */
export async function createTrainer(
  environment: EnvironmentArgument | undefined, options: WorkerTrainerOptions,
): Promise<WorkerTrainer>;
export async function createTrainer(
  environment: EnvironmentArgument | undefined, options?: TrainerOptions & { readonly worker?: false },
): Promise<Trainer>;
export async function createTrainer(
  environment: EnvironmentArgument | undefined, options?: AnyTrainerOptions,
): Promise<AnyTrainer>;
export async function createTrainer(
  environment: EnvironmentArgument | undefined, options: AnyTrainerOptions = {},
): Promise<AnyTrainer> {
  if (!options?.worker) return Trainer.create(environment, options);
  const { worker, ...rest } = options;
  checkTrainerOptions(rest);
  const { WorkerTrainer } = await fileBeside(
    "worker-client.js", "training in a worker", import("./worker/worker-trainer.ts"));
  return WorkerTrainer.create(environment, worker, rest, async (facts, weights) =>
    new Policy(await wasmModule(), facts, weights));
}

async function stopIfAborted(trainer: AnyTrainer, signal: AbortSignal | undefined): Promise<void> {
  if (!signal?.aborted || trainer.isDone) return;
  throw new BregmanError("aborted",
    `training was aborted after ${trainer.step} of ${trainer.totalSteps} steps; resume with error.checkpoint`, {
    policy: trainer.policy, summary: trainer.summary(), checkpoint: await trainer.checkpoint(),
  });
}

import { Trainer } from "./algorithms/trainer.ts";
import type { EnvironmentArgument, Summary, TrainerOptions, UpdateRecord } from "./algorithms/trainer-options.ts";
import { BregmanError } from "./error.ts";
import type { Policy } from "./policy/policy.ts";

export interface TrainResult {
  readonly policy: Policy;
  readonly history: readonly UpdateRecord[];
  readonly summary: Summary;
}

/**
 * Trains a policy and returns it with the history of updates and a summary. `environment` is a built-in name, one's own
 * environment, or a function that makes one per copy.
 *
 * What fails later, an exception of one's own environment included, carries `policy`: what was learned up to then.
 * An aborted run rejects with code `aborted`; the error carries `policy`, `summary` and `checkpoint`, the bytes to
 * resume from.
 */
export async function train(environment: EnvironmentArgument, options: TrainerOptions = {}): Promise<TrainResult> {
  const trainer = await createTrainer(environment, options);
  const history: UpdateRecord[] = [];
  try {
    await stopIfAborted(trainer, options.signal);
    for await (const update of trainer) {
      history.push(update);
      options.onUpdate?.(update);
      await stopIfAborted(trainer, options.signal);
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
  environment: EnvironmentArgument | undefined, options: TrainerOptions = {},
): Promise<Trainer> {
  return Trainer.create(environment, options);
}

async function stopIfAborted(trainer: Trainer, signal: AbortSignal | undefined): Promise<void> {
  if (!signal?.aborted || trainer.isDone) return;
  throw new BregmanError("aborted",
    `training was aborted after ${trainer.step} of ${trainer.totalSteps} steps; resume with error.checkpoint`, {
    policy: trainer.policy, summary: trainer.summary(), checkpoint: await trainer.checkpoint(),
  });
}

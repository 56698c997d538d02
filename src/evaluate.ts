import { openEnvironment, type OpenedEnvironment } from "./algorithms/open-environment.ts";
import type { EnvironmentArgument } from "./algorithms/trainer-options.ts";
import { expectCount } from "./check-options.ts";
import { createInstance } from "./devices/wasm-instance.ts";
import { startOf } from "./envs/raw-values.ts";
import { choices, flatSize, hasParts, parts, type Space } from "./envs/spaces.ts";
import type { VectorEnvironment } from "./envs/vector-environment.ts";
import { BregmanError } from "./error.ts";
import type { Policy } from "./policy/policy.ts";
import { derivedSeed, streams } from "./random/streams.ts";

export interface EvaluationOptions {
  /** Default 100. */
  readonly episodes?: number;
  /** Default 0. Episodes are drawn from seeds that training with the same number never uses. */
  readonly seed?: number;
  readonly deterministic?: boolean;
  /**
   * Default 50 000: an episode is counted as it stands after so many steps, since a policy that runs in circles where
   * nothing ends an episode (as in CliffWalking-v1) would never be done. The copy then goes on from where it is.
   */
  readonly maxEpisodeSteps?: number;
  readonly environmentOptions?: Readonly<Record<string, unknown>>;
}

export interface Evaluation {
  readonly episodes: number;
  /** Undiscounted return: mean and population standard deviation over the episodes. */
  readonly mean: number;
  readonly std: number;
  readonly meanLength: number;
  readonly returns: readonly number[];
}

const mostCopies = 25;

/**
 * Runs whole episodes with a policy and returns their undiscounted returns. Copy i runs every n-th episode, so that
 * long episodes count as often as short ones. Where several agents share the policy, each of them lives episodes.
 */
export async function evaluate(
  policy: Policy, environment?: EnvironmentArgument, options: EvaluationOptions = {},
): Promise<Evaluation> {
  const { episodes = 100, seed = 0, deterministic = true, maxEpisodeSteps = 50_000 } = options;
  expectCount("episodes", episodes);
  expectCount("maxEpisodeSteps", maxEpisodeSteps);
  const opened = await openEnvironment(environment ?? policy.facts.environment, options.environmentOptions);
  checkFits(policy, opened);
  const copies = opened.copies ? Math.ceil(Math.min(mostCopies, episodes) / (opened.agents ?? 1)) : 1;
  const instance = await createInstance();
  // A seed of its own kind: no training run with a small seed shares its episodes.
  const vector = opened.create(instance, copies, derivedSeed(seed, streams.evaluation, 1) + 2147483648);
  try {
    const { returns, lengths } = runEpisodes(policy, vector, { episodes, deterministic, maxEpisodeSteps });
    const mean = meanOf(returns);
    const std = Math.sqrt(meanOf(returns.map((each) => (each - mean) * (each - mean))));
    return { episodes, mean, std, meanLength: meanOf(lengths), returns };
  } finally {
    vector.dispose();
  }
}

/** Throws `invalid-environment` unless the policy can read the environment's observations and give its actions. */
function checkFits({ facts: { spec } }: Policy, { name, observationSpace, actionSpace }: OpenedEnvironment): void {
  for (const [what, own, given] of [
    ["observations", spec.observationSpace, observationSpace], ["actions", spec.actionSpace, actionSpace],
  ] as const) {
    if (layoutOf(own) === layoutOf(given)) continue;
    throw new BregmanError("invalid-environment",
      `${name}: its ${what} are ${layoutOf(given)}, those that the policy was trained with ${layoutOf(own)}`);
  }
}

/** What has to agree; bounds may differ. */
function layoutOf(space: Space): string {
  if (hasParts(space)) {
    return `${space.kind} of {${parts(space).map(([key, part]) => `${key}: ${layoutOf(part)}`).join(", ")}}`;
  }
  const start = startOf(space) === 0 ? "" : ` from ${startOf(space)}`;
  return `${space.kind} of ${choices(space)?.join(" x ") ?? flatSize(space)}${start}`;
}

function runEpisodes(
  policy: Policy, vector: VectorEnvironment,
  { episodes, deterministic, maxEpisodeSteps }: Required<Omit<EvaluationOptions, "seed" | "environmentOptions">>,
): { returns: number[]; lengths: number[] } {
  const { count } = vector;
  const returns = new Array<number>(episodes).fill(0);
  const lengths = new Array<number>(episodes).fill(0);
  const current = Array.from({ length: count }, (_, i) => i);
  let open = episodes;
  while (open > 0) {
    const actions = policy.actRaw(vector.observations, count, { deterministic, actionMask: vector.actionMasks });
    vector.actions.set(actions);
    const waited = vector.waiting?.slice();
    vector.step();
    for (let copy = 0; copy < count; copy++) {
      const episode = current[copy]!;
      if (episode >= episodes || waited?.[copy]) continue;
      returns[episode]! += vector.rewards[copy]!;
      lengths[episode]! += 1;
      if (vector.terminated[copy] || vector.truncated[copy] || lengths[episode]! >= maxEpisodeSteps) {
        open--;
        current[copy] = episode + count;
      }
    }
  }
  return { returns, lengths };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

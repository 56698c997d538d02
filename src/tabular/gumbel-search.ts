import { BregmanError } from "../error.ts";
import { proximalStep } from "../maps/geometry/mirror-step.ts";
import { negativeEntropy } from "../maps/geometry/negative-entropy.ts";

// Policy improvement by planning with Gumbel noise (Danihelka, Guez, Schrittwieser, Silver 2022): which actions a
// search visits, how it completes the values of those that it does not, and the policy that follows: one step of mirror
// descent under negative entropy on the completed values.

/**
 * Sequential halving: for each of `simulations` how many visits the action to visit has so far, when `considered`
 * actions begin. Of the actions with that many visits the best is taken.
 */
export function visitSchedule(considered: number, simulations: number): number[] {
  if (!(considered >= 1 && simulations >= 0)) {
    throw new BregmanError("invalid-option", `search: expected at least one action, got ${considered}`);
  }
  if (considered === 1) return Array.from({ length: simulations }, (_, i) => i);
  let rounds = 0;
  for (let left = considered; left > 1; left /= 2) rounds++;
  const visits = new Array<number>(considered).fill(0);
  const schedule: number[] = [];
  for (let left = considered; schedule.length < simulations; left = Math.max(2, Math.floor(left / 2))) {
    const each = Math.max(1, Math.floor(simulations / (rounds * left)));
    for (let i = 0; i < each && schedule.length < simulations; i++) {
      for (let a = 0; a < left && schedule.length < simulations; a++) schedule.push(visits[a]!++);
    }
  }
  return schedule;
}

/** What a search knows of one state. */
export interface SearchResult {
  readonly prior: ArrayLike<number>;
  readonly visits: ArrayLike<number>;
  /** Mean value of each visited action; what stands for the others is not read. */
  readonly values: ArrayLike<number>;
  /** The critic's value of the state. */
  readonly stateValue: number;
}

/** v_mix = (v + N sum_visited p q / sum_visited p) / (1 + N), N all visits: it stands for actions without visits. */
export function mixedValue({ prior, visits, values, stateValue }: SearchResult): number {
  let [count, mass, weighted] = [0, 0, 0];
  for (let a = 0; a < prior.length; a++) {
    count += visits[a]!;
    if (visits[a]! === 0) continue;
    mass += prior[a]!;
    weighted += prior[a]! * values[a]!;
  }
  return mass === 0 ? stateValue : (stateValue + count * weighted / mass) / (1 + count);
}

/** Values with `mixedValue` where there was no visit. */
export function completedValues(result: SearchResult): Float64Array {
  const mixed = mixedValue(result);
  return Float64Array.from(result.values, (q, a) => (result.visits[a]! > 0 ? q : mixed));
}

interface SearchScale {
  readonly visitOffset?: number;
  readonly scale?: number;
  readonly isRescaled?: boolean;
}

/** sigma(q) = (visitOffset + max visits) scale q, q the completed values, with `isRescaled` moved to [0, 1] first. */
export function searchLogits(
  result: SearchResult, { visitOffset = 50, scale = 0.1, isRescaled = true }: SearchScale = {},
): Float64Array {
  const completed = completedValues(result);
  const [low, high] = completed.reduce(([a, b], q) => [Math.min(a, q), Math.max(b, q)] as const, [Infinity, -Infinity]);
  const range = Math.max(high - low, 1e-8);
  const most = Array.from(result.visits).reduce((a, b) => Math.max(a, b), 0);
  const stepSize = (visitOffset + most) * scale;
  return completed.map((q) => stepSize * (isRescaled ? (q - low) / range : q));
}

/**
 * pi' = softmax(log prior + sigma(q)): a mirror step from the prior, of size 1 on `searchLogits`, whose expected value
 * is at least the prior's.
 */
export function improvedPolicy(result: SearchResult, scale?: SearchScale): Float64Array {
  return proximalStep(negativeEntropy, searchLogits(result, scale), [{ policy: result.prior, weight: 1 }]);
}

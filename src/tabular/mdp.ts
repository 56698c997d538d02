import { BregmanError } from "../error.ts";
import { randomSource } from "../random/streams.ts";

/**
 * A finite Markov decision process as flat float64 tables. S states, A actions: `rewards` [S, A], `transitions`
 * [S, A, S] (row s, a is a distribution over next states), `start` [S] the distribution of first states.
 */
export interface Mdp {
  readonly states: number;
  readonly actions: number;
  readonly discount: number;
  readonly start: Float64Array;
  readonly rewards: Float64Array;
  readonly transitions: Float64Array;
}

/** A policy [S, A]: row s holds the probabilities of the actions in state s. */
export type TabularPolicy = Float64Array;

/** Numbers nested to any depth, or flat. */
type Table = readonly (number | Table)[] | Float64Array;

/**
 * An MDP from plain arrays: rewards as [S][A], transitions as [S][A][S] or flat; `start` is uniform where it is left
 * out. Throws `invalid-shape` for sizes that do not fit, `invalid-option` for numbers that are none, distributions that
 * do not sum to 1, and a discount outside [0, 1).
 */
export function makeMdp(
  { rewards, transitions, discount, start }:
    { rewards: Table; transitions: Table; discount: number; start?: Table },
): Mdp {
  checkDiscount(discount);
  const states = rewards.length;
  const flatRewards = flatten(rewards, "rewards");
  const actions = flatRewards.length / states;
  if (!Number.isInteger(actions) || actions < 1 || rewards instanceof Float64Array) {
    throw new BregmanError("invalid-shape", "rewards: expected one row of equal length for each state");
  }
  const flatTransitions = flatten(transitions, "transitions");
  const flatStart = start ? flatten(start, "start") : new Float64Array(states).fill(1 / states);
  expectSize("transitions", flatTransitions, states * actions * states);
  expectSize("start", flatStart, states);
  expectDistributions("transitions", flatTransitions, states);
  expectDistributions("start", flatStart, states);
  return { states, actions, discount, start: flatStart, rewards: flatRewards, transitions: flatTransitions };
}

/** A contextual bandit, or with one row a plain one: no action leads anywhere. */
export function makeBandit(rewards: readonly (readonly number[])[], start?: readonly number[]): Mdp {
  const transitions = rewards.map((row, s) => row.map(() => rewards.map((_, next) => (s === next ? 1 : 0))));
  return makeMdp({ rewards, transitions, discount: 0, ...start && { start } });
}

/**
 * Rewards and weights of transitions uniform in [0, 1): transitions are these weights, normalized over `successors`
 * next states drawn for each pair (all states where it is left out). The same seed gives the same process everywhere.
 * Throws `invalid-option` for sizes that are no positive integers and a discount outside [0, 1).
 */
export function randomMdp(
  { states, actions, discount, successors = states, seed = 0 }:
    { states: number; actions: number; discount: number; successors?: number; seed?: number },
): Mdp {
  for (const [name, size] of Object.entries({ states, actions, successors })) {
    if (Number.isSafeInteger(size) && size > 0) continue;
    throw new BregmanError("invalid-option", `${name}: expected a positive integer, got ${String(size)}`);
  }
  checkDiscount(discount);
  const random = randomSource(seed, "environment", 7);
  const rewards = Float64Array.from({ length: states * actions }, () => random.uniform());
  const transitions = new Float64Array(states * actions * states);
  for (let row = 0; row < states * actions; row++) {
    const to = transitions.subarray(row * states, (row + 1) * states);
    let total = 0;
    for (let i = 0; i < successors; i++) {
      const next = successors === states ? i : random.integer(states);
      const weight = random.uniform() + 1e-12;
      to[next]! += weight;
      total += weight;
    }
    for (let next = 0; next < states; next++) to[next]! /= total;
  }
  return { states, actions, discount, start: new Float64Array(states).fill(1 / states), rewards, transitions };
}

export function uniformPolicy({ states, actions }: Pick<Mdp, "states" | "actions">): TabularPolicy {
  return new Float64Array(states * actions).fill(1 / actions);
}

/** A policy from plain rows. Throws `invalid-shape` or `invalid-option` where it is none for this process. */
export function makePolicy(mdp: Pick<Mdp, "states" | "actions">, rows: Table): TabularPolicy {
  const policy = flatten(rows, "policy");
  expectSize("policy", policy, mdp.states * mdp.actions);
  expectDistributions("policy", policy, mdp.actions);
  return policy;
}

function checkDiscount(discount: number): void {
  if (discount >= 0 && discount < 1) return;
  throw new BregmanError("invalid-option", `discount: expected a number in [0, 1), got ${discount}`);
}

function flatten(table: Table, name: string): Float64Array {
  const values: readonly number[] | Float64Array =
    table instanceof Float64Array ? table : (table as readonly unknown[]).flat(3) as number[];
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new BregmanError("invalid-option", `${name}: entry ${i} is ${String(values[i])}; expected a finite number`);
  }
  return Float64Array.from(values);
}

function expectSize(name: string, values: Float64Array, size: number): void {
  if (values.length === size) return;
  throw new BregmanError("invalid-shape", `${name}: expected ${size} numbers, got ${values.length}`);
}

function expectDistributions(name: string, values: Float64Array, width: number): void {
  for (let row = 0; row * width < values.length; row++) {
    let [sum, lowest] = [0, 0];
    for (let i = row * width; i < (row + 1) * width; i++) {
      sum += values[i]!;
      lowest = Math.min(lowest, values[i]!);
    }
    if (lowest >= 0 && Math.abs(sum - 1) < 1e-9) continue;
    throw new BregmanError("invalid-option",
      `${name}: row ${row} is no distribution: its sum is ${sum}, its smallest entry ${lowest}`);
  }
}

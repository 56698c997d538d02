import { BregmanError } from "../error.ts";

/**
 * [probability, next state, reward, terminated]: one possible outcome of an action, as Gymnasium's `env.P` lists them.
 */
export type Transition = readonly [probability: number, nextState: number, reward: number, terminated: boolean];

/**
 * A finite decision process: `transitions[state][action]` lists the outcomes, `initial` the chance of each first state.
 */
export interface Table {
  readonly states: number;
  readonly actions: number;
  readonly initial: readonly number[];
  readonly transitions: readonly (readonly (readonly Transition[])[])[];
}

/** The maps of FrozenLake: S start, F frozen, H hole, G goal. */
export const lakes = {
  "4x4": ["SFFF", "FHFH", "FFFH", "HFFG"],
  "8x8": ["SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG"],
} as const;

export type LakeMap = keyof typeof lakes;

/**
 * FrozenLake: actions left, down, right, up; reward 1 at the goal. On slippery ice the chosen direction and the two
 * beside it happen with 1/3 each, listed in the order (action - 1, action, action + 1).
 */
export function frozenLake(map: LakeMap, slippery: boolean): Table {
  const rows = lakes[map];
  const width = rows[0]!.length;
  const states = rows.length * width;
  const cell = (state: number) => rows[Math.floor(state / width)]![state % width]!;
  const move = (state: number, direction: number) => {
    const row = Math.floor(state / width);
    const column = state % width;
    if (direction === 0) return row * width + Math.max(column - 1, 0);
    if (direction === 1) return Math.min(row + 1, rows.length - 1) * width + column;
    if (direction === 2) return row * width + Math.min(column + 1, width - 1);
    return Math.max(row - 1, 0) * width + column;
  };
  const outcome = (probability: number, state: number, direction: number): Transition => {
    const next = move(state, direction);
    return [probability, next, cell(next) === "G" ? 1 : 0, cell(next) === "G" || cell(next) === "H"];
  };
  const meant = 1 / 3;
  const beside = (1 - meant) / 2;
  const transitions = Array.from({ length: states }, (_, state) =>
    Array.from({ length: 4 }, (_, action): Transition[] => {
      if (cell(state) === "G" || cell(state) === "H") return [[1, state, 0, true]];
      if (!slippery) return [outcome(1, state, action)];
      return [-1, 0, 1].map((turn) => outcome(turn === 0 ? meant : beside, state, (action + turn + 4) % 4));
    }));
  const initial = Array.from({ length: states }, (_, state) => (cell(state) === "S" ? 1 : 0));
  return { states, actions: 4, initial, transitions };
}

/**
 * CliffWalking: 4 rows of 12, actions up, right, down, left, reward -1 per step. Stepping off the cliff (the last row
 * between start and goal) costs 100 and leads back to the start without ending the episode.
 */
export function cliffWalking(): Table {
  const width = 12;
  const height = 4;
  const start = (height - 1) * width;
  const goal = height * width - 1;
  const directions = [[-1, 0], [0, 1], [1, 0], [0, -1]] as const;
  const transitions = Array.from({ length: width * height }, (_, state) =>
    directions.map(([down, right]): Transition[] => {
      const row = Math.min(Math.max(Math.floor(state / width) + down, 0), height - 1);
      const column = Math.min(Math.max((state % width) + right, 0), width - 1);
      const next = row * width + column;
      if (next > start && next < goal) return [[1, start, -100, false]];
      return [[1, next, -1, next === goal]];
    }));
  const initial = Array.from({ length: width * height }, (_, state) => (state === start ? 1 : 0));
  return { states: width * height, actions: 4, initial, transitions };
}

/** A Bernoulli bandit: one state, one step per episode; arm a pays 1 with probability means[a], else 0. */
export function bandit(means: readonly number[]): Table {
  const arms = means.map((mean): Transition[] =>
    mean <= 0 ? [[1, 0, 0, true]] : mean >= 1 ? [[1, 0, 1, true]] : [[mean, 0, 1, true], [1 - mean, 0, 0, true]]);
  return { states: 1, actions: means.length, initial: [1], transitions: [arms] };
}

/** The chances of a bandit that is given only its number of arms: (a + 1) / (arms + 1), the last arm the best. */
export function evenMeans(arms: number): number[] {
  return Array.from({ length: arms }, (_, arm) => (arm + 1) / (arms + 1));
}

/** Throws `invalid-option` unless `means` are probabilities. */
export function checkMeans(means: unknown): asserts means is number[] {
  if (!Array.isArray(means) || means.length === 0 || !means.every((mean) => mean >= 0 && mean <= 1)) {
    throw new BregmanError("invalid-option",
      `means: expected a non-empty array of numbers from 0 to 1, got ${String(means)}`);
  }
}

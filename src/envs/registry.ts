import { expectCount } from "../check-options.ts";
import { BregmanError, nearest } from "../error.ts";
import { mujocoTasks, type MujocoOptions } from "./mujoco/catalogue.ts";
import type { BoxSpace, DiscreteSpace, Space } from "./spaces.ts";
import type { Table } from "./tables.ts";
import { bandit, checkMeans, cliffWalking, evenMeans, frozenLake, lakes } from "./tables.ts";

/** Options of built-in environments; each environment knows only some (`EnvironmentEntry.options`). */
export interface EnvironmentOptions extends MujocoOptions {
  /** Steps after which an episode is truncated; null for no limit. */
  maxEpisodeSteps?: number | null;
  /** FrozenLake: "4x4" or "8x8". */
  map?: "4x4" | "8x8";
  /** FrozenLake: whether the ice is slippery. */
  slippery?: boolean;
  /** Bandit: the number of arms. */
  arms?: number;
  /** Bandit: the chance of each arm to pay 1. */
  means?: readonly number[];
}

/** A built-in environment with its options resolved. */
export interface EnvironmentDefinition {
  readonly name: string;
  /** The number assembly/envs/environment.ts knows it by. */
  readonly kind: number;
  /** Numbers in the settable state. */
  readonly stateSize: number;
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  readonly maxEpisodeSteps: number | null;
  readonly rewardThreshold: number | null;
  readonly table?: Table;
}

/** What `list("envs")` prints. */
export interface EnvironmentEntry {
  readonly name: string;
  readonly description: string;
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** Null where episodes have no time limit. */
  readonly maxEpisodeSteps: number | null;
  /** The mean return that counts as solved; null where none is published. */
  readonly rewardThreshold: number | null;
  /** The options it accepts, beside `maxEpisodeSteps`. */
  readonly options: readonly string[];
}

type Definition = Omit<EnvironmentDefinition, "name">;

interface Recipe {
  description: string;
  options?: readonly (keyof EnvironmentOptions)[];
  define(options: EnvironmentOptions): Definition;
}

const kinds = { cartPole: 0, acrobot: 1, mountainCar: 2, mountainCarContinuous: 3, pendulum: 4, tabular: 5 };
const largest = 3.4028234663852886e38;
const acrobotHigh = [1, 1, 1, 1, 12.566370614359172, 28.274333882308138];
const cartPoleHigh = [4.8, largest, 0.41887902047863906, largest];

type Bound = number | number[];
const box = (low: Bound, high: Bound, size: number): BoxSpace => ({ kind: "box", shape: [size], low, high });
const symmetric = (high: number[]): BoxSpace => box(high.map((bound) => -bound), high, high.length);
const discrete = (n: number): DiscreteSpace => ({ kind: "discrete", n });

function tabular(table: Table, maxEpisodeSteps: number | null, rewardThreshold: number | null): Definition {
  return {
    kind: kinds.tabular, stateSize: 1, observationSpace: discrete(table.states), actionSpace: discrete(table.actions),
    maxEpisodeSteps, rewardThreshold, table,
  };
}

function lake(fallback: "4x4" | "8x8", maxEpisodeSteps: number, threshold: number) {
  return ({ map = fallback, slippery = true }: EnvironmentOptions) => {
    if (!Object.hasOwn(lakes, map)) {
      throw new BregmanError("invalid-option",
        `map: expected "4x4" or "8x8", got ${JSON.stringify(map)}`);
    }
    if (typeof slippery !== "boolean") {
      throw new BregmanError("invalid-option",
        `slippery: expected true or false, got ${String(slippery)}`);
    }
    return tabular(frozenLake(map, slippery), maxEpisodeSteps, threshold);
  };
}

const recipes: Record<string, Recipe> = {
  "CartPole-v1": {
    description: "Balance a pole on a cart by pushing it left or right; +1 per step.",
    define: () => ({
      kind: kinds.cartPole, stateSize: 4, observationSpace: symmetric(cartPoleHigh), actionSpace: discrete(2),
      maxEpisodeSteps: 500, rewardThreshold: 475,
    }),
  },
  "Acrobot-v1": {
    description: "Swing a two-link arm above a line by driving its middle joint; -1 per step.",
    define: () => ({
      kind: kinds.acrobot, stateSize: 4, observationSpace: symmetric(acrobotHigh), actionSpace: discrete(3),
      maxEpisodeSteps: 500, rewardThreshold: -100,
    }),
  },
  "MountainCar-v0": {
    description: "Drive an underpowered car out of a valley; -1 per step.",
    define: () => ({
      kind: kinds.mountainCar, stateSize: 2, observationSpace: box([-1.2, -0.07], [0.6, 0.07], 2),
      actionSpace: discrete(3), maxEpisodeSteps: 200, rewardThreshold: -110,
    }),
  },
  "MountainCarContinuous-v0": {
    description: "The same with a continuous throttle; +100 at the goal, minus 0.1 throttle^2 per step.",
    define: () => ({
      kind: kinds.mountainCarContinuous, stateSize: 2, observationSpace: box([-1.2, -0.07], [0.6, 0.07], 2),
      actionSpace: box(-1, 1, 1), maxEpisodeSteps: 999, rewardThreshold: 90,
    }),
  },
  "Pendulum-v1": {
    description: "Swing a pendulum up and hold it there with a limited torque; a cost per step.",
    define: () => ({
      kind: kinds.pendulum, stateSize: 2, observationSpace: symmetric([1, 1, 8]), actionSpace: box(-2, 2, 1),
      maxEpisodeSteps: 200, rewardThreshold: null,
    }),
  },
  "FrozenLake-v1": {
    description: "Cross slippery ice to the goal without falling into a hole; +1 at the goal.",
    options: ["map", "slippery"],
    define: lake("4x4", 100, 0.7),
  },
  "FrozenLake8x8-v1": {
    description: "The same on the larger map, with twice the time.",
    options: ["map", "slippery"],
    define: lake("8x8", 200, 0.85),
  },
  "CliffWalking-v1": {
    description: "Walk along a cliff to the goal; -1 per step, -100 and back to the start for a fall.",
    define: () => tabular(cliffWalking(), null, null),
  },
  "Bandit-v0": {
    description: "A Bernoulli bandit: one step, arm a pays 1 with probability means[a] ((a + 1) / (arms + 1)).",
    options: ["arms", "means"],
    define: ({ arms = 10, means = evenMeans(arms) }) => {
      expectCount("arms", arms);
      checkMeans(means);
      return tabular(bandit(means), null, null);
    },
  },
};

/** The names of the environments of this module; MuJoCo's tasks have a catalogue of their own. */
export const environmentNames: readonly string[] = Object.keys(recipes);

/** Every one of these environments with its defaults. */
export function environmentEntries(): EnvironmentEntry[] {
  return environmentNames.map((name) => {
    const { observationSpace, actionSpace, maxEpisodeSteps, rewardThreshold } = defineEnvironment(name);
    const { description, options = [] } = recipes[name]!;
    return { name, description, observationSpace, actionSpace, maxEpisodeSteps, rewardThreshold, options };
  });
}

/**
 * A built-in environment with `options`. Throws `unknown-environment`, `unknown-option` (with the nearest names),
 * `invalid-option`.
 */
export function defineEnvironment(name: string, options: EnvironmentOptions = {}): EnvironmentDefinition {
  const recipe = Object.hasOwn(recipes, name) ? recipes[name] : undefined;
  if (!recipe) {
    const names = nearest(String(name), [...environmentNames, ...Object.keys(mujocoTasks)]);
    throw new BregmanError("unknown-environment",
      `unknown environment ${JSON.stringify(name)}; nearest: ${names.join(", ")}`);
  }
  const accepted = ["maxEpisodeSteps", ...(recipe.options ?? [])];
  for (const key of Object.keys(options)) {
    if (!accepted.includes(key)) {
      throw new BregmanError("unknown-option",
        `unknown option ${JSON.stringify(key)} of ${name}; accepted: ${accepted.join(", ")}`);
    }
  }
  const definition = recipe.define(options);
  const { maxEpisodeSteps = definition.maxEpisodeSteps } = options;
  const isLimit = Number.isSafeInteger(maxEpisodeSteps) && maxEpisodeSteps! >= 1 && maxEpisodeSteps! <= 2147483647;
  if (maxEpisodeSteps !== null && !isLimit) {
    throw new BregmanError("invalid-option",
      `maxEpisodeSteps: expected a positive integer or null, got ${String(maxEpisodeSteps)}`);
  }
  return { name, ...definition, maxEpisodeSteps };
}

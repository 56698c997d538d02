import { cosine, logarithm } from "../../math/elementary.ts";
import { philoxBlock, uniform53 } from "../../random/philox.ts";
import { seedKey, streams } from "../../random/streams.ts";
import type { Info } from "../environment.ts";
import type { View } from "./package.ts";
import type { ArrayName, Simulation } from "./simulation.ts";

/** A task's options by name: numbers, switches, and ranges [low, high]. */
export type TaskOptions = Readonly<Record<string, number | boolean | readonly [number, number]>>;

/** What a step of a task led to. */
export interface Outcome {
  readonly reward: number;
  readonly terminated: boolean;
  readonly info: Info;
}

/** A task of Gymnasium, v5, on a model of MuJoCo. Its options have the names of Gymnasium's, in camel case. */
export interface Task<Options extends TaskOptions = any> {
  readonly defaults: Options & { readonly frameSkip: number; readonly resetNoiseScale: number };
  readonly maxEpisodeSteps: number;
  /** The MJCF. */
  model(options: Options): string;
  /** Whether contact forces (cfrc_ext) are read, which cost an extra computation. */
  readonly forces?: boolean;
  /** Moves the model's first state, in `qpos` and `qvel`, at random. */
  scatter(qpos: View, qvel: View, random: Draws, options: Options): void;
  /** What is measured before and after a step, for velocities; [x, y] or fewer. */
  position?(simulation: Simulation): readonly number[];
  observe(simulation: Simulation, row: Row, options: Options): void;
  /** `velocity`: the change of `position` over the time of the step. */
  outcome(simulation: Simulation, action: ArrayLike<number>, velocity: readonly number[], options: Options): Outcome;
}

/** The types of a task's options follow from their defaults; TypeScript then checks the rest of it against them. */
export function defineTask<const Defaults extends TaskOptions & { frameSkip: number; resetNoiseScale: number }>(
  task: Omit<Task<Widened<Defaults>>, "defaults"> & { readonly defaults: Defaults },
): Task {
  return task as unknown as Task;
}

type Widened<T> = {
  readonly [K in keyof T]: T[K] extends boolean ? boolean : T[K] extends number ? number : readonly [number, number];
};

/** An observation being written, number by number; without `values` it only counts. */
export class Row {
  readonly #values: Float32Array | undefined;
  length = 0;

  constructor(values?: Float32Array) {
    this.#values = values;
  }

  add(value: number): void {
    if (this.#values) this.#values[this.length] = value;
    this.length++;
  }

  /** Elements of a view from `start` on, limited to [low, high]. */
  addAll(values: View, start = 0, low = -Infinity, high = Infinity, stop = values.length): void {
    for (let i = start; i < stop; i++) this.add(Math.max(low, Math.min(high, values[i]!)));
  }

  addArray(simulation: Simulation, name: ArrayName, start = 0): void {
    this.addAll(simulation.view(name), start);
  }
}

/** The random numbers of one environment: each reset is a draw of its own. */
export class Draws {
  key: readonly [number, number];
  draw = 0;
  #block = 0;
  #spare: number | undefined;

  constructor(seed: number) {
    this.key = seedKey(seed);
  }

  /** Begins the numbers of the next reset. */
  next(): void {
    this.draw++;
    this.#block = 0;
    this.#spare = undefined;
  }

  uniform(low: number, high: number): number {
    const words = philoxBlock([this.#block++, 0, this.draw, streams.environment], this.key);
    this.#spare = uniform53(words[2]!, words[3]!);
    return low + (high - low) * uniform53(words[0]!, words[1]!);
  }

  /** A standard normal number, by Box and Muller: sqrt(-2 log u) cos(2 pi v) with u in (0, 1]. */
  normal(): number {
    const u = 1 - this.uniform(0, 1);
    return Math.sqrt(-2 * logarithm(u)) * cosine(6.283185307179586 * this.#spare!);
  }
}

/** x += U(-scale, scale) for each element. */
export function addUniform(values: View, random: Draws, scale: number): void {
  for (let i = 0; i < values.length; i++) values[i]! += random.uniform(-scale, scale);
}

/** x += scale N(0, 1) for each element. */
export function addNormal(values: View, random: Draws, scale: number): void {
  for (let i = 0; i < values.length; i++) values[i]! += scale * random.normal();
}

export function sumOfSquares(values: ArrayLike<number>, low = -Infinity, high = Infinity): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = Math.max(low, Math.min(high, values[i]!));
    sum += value * value;
  }
  return sum;
}

export function isInside(value: number, [low, high]: readonly [number, number]): boolean {
  return low < value && value < high;
}

export function clampTo(value: number, [low, high]: readonly [number, number]): number {
  return Math.max(low, Math.min(high, value));
}

import type { Info } from "../environment.js";
import type { View } from "./package.js";
import type { ArrayName, Simulation } from "./simulation.js";
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
    readonly defaults: Options & {
        readonly frameSkip: number;
        readonly resetNoiseScale: number;
    };
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
export declare function defineTask<const Defaults extends TaskOptions & {
    frameSkip: number;
    resetNoiseScale: number;
}>(task: Omit<Task<Widened<Defaults>>, "defaults"> & {
    readonly defaults: Defaults;
}): Task;
type Widened<T> = {
    readonly [K in keyof T]: T[K] extends boolean ? boolean : T[K] extends number ? number : readonly [number, number];
};
/** An observation being written, number by number; without `values` it only counts. */
export declare class Row {
    #private;
    length: number;
    constructor(values?: Float32Array);
    add(value: number): void;
    /** Elements of a view from `start` on, limited to [low, high]. */
    addAll(values: View, start?: number, low?: number, high?: number, stop?: number): void;
    addArray(simulation: Simulation, name: ArrayName, start?: number): void;
}
/** The random numbers of one environment: each reset is a draw of its own. */
export declare class Draws {
    #private;
    key: readonly [number, number];
    draw: number;
    constructor(seed: number);
    /** Begins the numbers of the next reset. */
    next(): void;
    uniform(low: number, high: number): number;
    /** A standard normal number, by Box and Muller: sqrt(-2 log u) cos(2 pi v) with u in (0, 1]. */
    normal(): number;
}
/** x += U(-scale, scale) for each element. */
export declare function addUniform(values: View, random: Draws, scale: number): void;
/** x += scale N(0, 1) for each element. */
export declare function addNormal(values: View, random: Draws, scale: number): void;
export declare function sumOfSquares(values: ArrayLike<number>, low?: number, high?: number): number;
export declare function isInside(value: number, [low, high]: readonly [number, number]): boolean;
export declare function clampTo(value: number, [low, high]: readonly [number, number]): number;
export {};

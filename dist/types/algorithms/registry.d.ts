import type { Objective } from "../objectives/objective.js";
import type { ReplayObjective } from "../objectives/replay-objective.js";
import { type Algorithm } from "./algorithm.js";
/** Every published method of the kit, one line each. */
export declare const algorithms: readonly Algorithm[];
/** Their surrogates: those on rollouts, and those on replay. */
export declare const rolloutObjectives: readonly Objective[];
export declare const replayObjectives: readonly ReplayObjective[];
/**
 * The algorithm of an id, or the object itself. Throws `unknown-algorithm` with the nearest ids, `invalid-option` for
 * an object that is no algorithm.
 */
export declare function findAlgorithm(algorithm: string | Algorithm): Algorithm;

import type { Objective } from "../objectives/objective.js";
import type { Algorithm } from "./algorithm.js";
/** Every published method of the kit, one line each. */
export declare const algorithms: readonly Algorithm[];
export declare const objectives: readonly Objective[];
/** The algorithm of an id, or the object itself. Throws `unknown-algorithm` with the nearest ids. */
export declare function findAlgorithm(algorithm: string | Algorithm): Algorithm;

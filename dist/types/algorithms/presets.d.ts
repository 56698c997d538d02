import type { PartialHyperparameters } from "../agent/hyperparameters.js";
import { type Algorithm } from "./algorithm.js";
/** What is known to work for one method on one task: copies, steps and hyperparameters over the method's defaults. */
export interface Preset {
    readonly envs?: number;
    readonly steps?: number;
    readonly hyperparameters: PartialHyperparameters;
}
export declare function presetOf(environment: string | undefined, algorithm: string): Preset | undefined;
type CodeLevel = "loaded" | "minimal";
/** The code-level choices of a method: all of them on, or all of them off. */
export declare function codeLevelOf(algorithm: Algorithm, level: CodeLevel): PartialHyperparameters;
export {};

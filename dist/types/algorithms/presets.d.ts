import type { PartialHyperparameters } from "../agent/hyperparameters.js";
/** What is known to work for one method on one task: copies, steps and hyperparameters over the method's defaults. */
export interface Preset {
    readonly envs?: number;
    readonly steps?: number;
    readonly hyperparameters: PartialHyperparameters;
}
export declare function presetOf(environment: string | undefined, algorithm: string): Preset | undefined;
/** The code-level choices of spec 1.6: all of them on, or all of them off. */
export declare const codeLevels: Readonly<Record<"loaded" | "minimal", PartialHyperparameters>>;

import type { Agent } from "../agent/agent.js";
import type { ActingViews, Actor } from "./acting-policy.js";
import type { PolicyWeights } from "./policy.js";
/**
 * Compiled programs and the instance that they run in. Programs are made for powers of two of rows: a few serve every
 * number of them.
 */
export declare class ProgramActor implements Actor {
    #private;
    constructor(module: WebAssembly.Module, agent: Agent, seed: number, weights: PolicyWeights);
    setWeights({ parameters, observationMean, observationScale }: PolicyWeights): void;
    /** Views on a program for at least `rows` rows, renewed when the memory has grown, which leaves old ones empty. */
    views(rows: number, deterministic: boolean, masked: boolean): ActingViews;
}

import type { Agent } from "../agent/agent.js";
import { type LoadedWasmProgram } from "../devices/wasm/wasm-device.js";
import type { PolicyWeights } from "./policy.js";
/** A program and its memory, as typed arrays. */
export interface ActingViews {
    readonly loaded: LoadedWasmProgram;
    readonly observation: Float32Array;
    readonly action: Float32Array | Int32Array;
    readonly mask: Int32Array | undefined;
}
/** The instance behind a policy. Programs are made for powers of two of rows: a few serve every number of them. */
export declare class Actor {
    #private;
    constructor(module: WebAssembly.Module, agent: Agent, seed: number, weights: PolicyWeights);
    setWeights({ parameters, observationMean, observationScale }: PolicyWeights): void;
    /** Views on a program for at least `rows` rows, renewed when the memory has grown, which leaves old ones empty. */
    views(rows: number, deterministic: boolean, masked: boolean): ActingViews;
}

import type { ActingViews, Actor } from "../acting-policy.js";
import type { PolicyFile } from "../read-policy-file.js";
import { type NetworkTensors } from "./direct-network.js";
import { type HeadPlan } from "./head-plan.js";
/** What an actor is made of: all of a file that matters when acting, checked. */
export interface DirectPlan {
    readonly head: HeadPlan;
    readonly tensors: NetworkTensors;
    readonly seed: number;
}
/** Throws `checkpoint-corrupt` or `unsupported` for a file that cannot be acted on. */
export declare function directPlan(file: PolicyFile): DirectPlan;
/** Acts by calling kernels in the order of the network, without a compiled program: a few kilobytes do. */
export declare class DirectActor implements Actor {
    #private;
    constructor(module: WebAssembly.Module, plan: DirectPlan);
    /** Views for powers of two of rows: they are few, and a draw covers as many rows as that of a compiled program. */
    views(rows: number, deterministic: boolean, masked: boolean): ActingViews;
}

import { ActingPolicy } from "../acting-policy.js";
import type { PolicyFile } from "../read-policy-file.js";
import { DirectActor } from "./direct-actor.js";
/** A policy that acts and no more. It owns a small WASM instance, made when it first acts. */
export declare class DirectPolicy extends ActingPolicy {
    #private;
    constructor(module: WebAssembly.Module, file: PolicyFile);
    protected makeActor(): DirectActor;
}

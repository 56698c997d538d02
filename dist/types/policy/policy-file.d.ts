import { type Agent } from "../agent/agent.js";
import { Policy, type PolicyFacts, type PolicyWeights } from "./policy.js";
export declare function writePolicy(facts: PolicyFacts, agent: Agent, weights: PolicyWeights): Uint8Array<ArrayBuffer>;
/** Throws `checkpoint-corrupt` when the bytes are no policy of this kit, are cut short, or do not fit together. */
export declare function readPolicy(bytes: Uint8Array, module: WebAssembly.Module): Policy;

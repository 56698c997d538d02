import { type Agent } from "../agent/agent.js";
import type { PolicyFacts } from "./policy-facts.js";
import { Policy, type PolicyWeights } from "./policy.js";
/** The file that `readPolicyFile` reads. */
export declare function writePolicy(facts: PolicyFacts, agent: Agent, weights: PolicyWeights): Uint8Array<ArrayBuffer>;
/**
 * Throws `checkpoint-corrupt` when the bytes are no policy of this kit, are cut short, or do not fit together;
 * `unsupported` for a policy file of another version.
 */
export declare function readPolicy(bytes: Uint8Array, module: WebAssembly.Module): Policy;

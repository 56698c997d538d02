import type { PolicyFacts } from "./policy-facts.js";
export declare const policyFormat = "bregman-policy-1";
/** What a file says, checked as far as that goes without knowing its network. */
export interface PolicyFile {
    readonly facts: PolicyFacts;
    /** A tensor of the file. Throws `checkpoint-corrupt` when it is not there in this shape. */
    tensor(name: string, shape: readonly number[]): Float32Array;
}
/**
 * Throws `checkpoint-corrupt` when the bytes are no policy of this kit, are cut short, or do not fit together;
 * `unsupported` for a policy file of another version.
 */
export declare function readPolicyFile(bytes: Uint8Array): PolicyFile;

import type { Policy } from "./policy/policy.js";
/**
 * A saved policy from its bytes, from a URL, or from a fetch Response. Throws `checkpoint-corrupt` for foreign or
 * damaged bytes and `not-found` when the URL cannot be fetched.
 */
export declare function load(source: Uint8Array | ArrayBuffer | string | URL | Response): Promise<Policy>;

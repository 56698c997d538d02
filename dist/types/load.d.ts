import { type BytesSource } from "./io/bytes-of.js";
import type { Policy } from "./policy/policy.js";
/**
 * A saved policy from its bytes, from a URL, or from a fetch Response. Throws `checkpoint-corrupt` for foreign or
 * damaged bytes, `unsupported` for a policy file of another version, `not-found` when the URL cannot be fetched.
 */
export declare function load(source: BytesSource): Promise<Policy>;

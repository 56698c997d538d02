import { type WasmSource } from "./devices/wasm-source.js";
import { type BytesSource } from "./io/bytes-of.js";
import { DirectPolicy } from "./policy/direct/direct-policy.js";
export { BregmanError, type BregmanErrorCode } from "./error.js";
export type { DirectPolicy as Policy } from "./policy/direct/direct-policy.js";
export type { ActOptions } from "./policy/acting-policy.js";
export type { Action } from "./policy/actions.js";
export type { WasmSource } from "./devices/wasm-source.js";
export type { BytesSource } from "./io/bytes-of.js";
export type { Space, SpaceValue } from "./envs/spaces.js";
/**
 * A policy that was saved with `policy.save()`, ready to act: its actions are those of the full kit, to the bit. The
 * WASM module is inside of this file; `wasm` hands in dist/policy.wasm in another way, for this policy and later ones.
 * Throws `checkpoint-corrupt` for foreign or damaged bytes, `unsupported` for a policy of another version, `not-found`
 * when the URL cannot be fetched, `wasm-unavailable` where WASM is forbidden.
 */
export declare function load(source: BytesSource, options?: {
    readonly wasm?: WasmSource;
}): Promise<DirectPolicy>;

import { BregmanError } from "../error.js";
import { type BytesSource } from "../io/bytes-of.js";
/** A WASM module as a page may have it: compiled, as bytes, or where it can be fetched. */
export type WasmSource = WebAssembly.Module | BytesSource;
/**
 * The module of `source`, which has to be the very one that `own` gives the bytes of. Throws `invalid-option` when it
 * is another, `wasm-unavailable` when it cannot be compiled, `not-found` when it cannot be fetched.
 */
export declare function moduleFrom(source: WasmSource, own: () => Uint8Array<ArrayBuffer>, where: string): Promise<WebAssembly.Module>;
/** Throws `wasm-unavailable`; a page whose Content-Security-Policy forbids WASM gets an error that says so. */
export declare function compileWasm(bytes: Uint8Array<ArrayBuffer>, where: string): Promise<WebAssembly.Module>;
export declare function wasmUnavailable(cause: unknown, where: string): BregmanError;

import { type WasmSource } from "./wasm-source.js";
/** The main module's functions by their AssemblyScript names (`family_action`). Pointers and lengths are numbers. */
export type WasmExports = Record<string, (...args: number[]) => number>;
/** The main module, compiled once. A page whose Content-Security-Policy forbids WASM gets an error that says so. */
export declare function wasmModule(): Promise<WebAssembly.Module>;
/**
 * Hands in the WASM module, dist/bregman.wasm of the same version, instead of the copy that this entry carries:
 * compiled, as bytes, or as a URL or Response. To be called before anything else runs. Throws `invalid-state` when the
 * module is in use already, `invalid-option` when it is another, `wasm-unavailable` when it cannot be compiled,
 * `not-found` when it cannot be fetched; then the own copy serves.
 */
export declare function provideWasm(source: WasmSource): Promise<void>;
/**
 * One instance of the main module with its own linear memory, or with one that threads share. Memory is handed out
 * once, in a row, and lives as long as the instance; `allocate` may grow it, which detaches older views, so views are
 * taken after the last allocation.
 */
export declare class WasmInstance {
    #private;
    readonly exports: WasmExports;
    readonly memory: WebAssembly.Memory;
    readonly table: WebAssembly.Table;
    readonly isShared: boolean;
    /** `memory`: for a module that imports it. */
    constructor(module: WebAssembly.Module, memory?: WebAssembly.Memory);
    /**
     * Reserves `byteLength` bytes, zeroed, aligned to 64, and returns the address. Throws `out-of-memory` where the
     * engine gives no more, and then reserves nothing.
     */
    allocate(byteLength: number): number;
    /** Bytes handed out so far. */
    get allocatedBytes(): number;
    float32(address: number, length: number): Float32Array<ArrayBuffer>;
    float64(address: number, length: number): Float64Array<ArrayBuffer>;
    int32(address: number, length: number): Int32Array<ArrayBuffer>;
    uint8(address: number, length: number): Uint8Array<ArrayBuffer>;
}
/** A fresh instance of the main module. */
export declare function createInstance(): Promise<WasmInstance>;
/** A fresh instance over a memory that workers can share, and its module. Throws where the engine gives none. */
export declare function createSharedInstance(): Promise<{
    instance: WasmInstance;
    module: WebAssembly.Module;
}>;

import type { Program, StorageType } from "../../program/program.js";
import type { Device, DeviceBuffer, LoadedProgram } from "../device.js";
import { type WasmInstance } from "../wasm-instance.js";
import type { StartHelper } from "./start-helper.js";
import { type Threads } from "./threads.js";
/** A buffer in linear memory. `view` is live: reading and writing it costs nothing. */
export interface WasmBuffer extends DeviceBuffer {
    readonly address: number;
    /** The memory itself. Taken anew by each call, because loading further programs may move it. */
    view(): Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
}
export interface WasmDevice extends Device {
    readonly kind: "wasm";
    readonly instance: WasmInstance;
    allocate(size: number, dtype: StorageType): WasmBuffer;
    load(program: Program, bindings?: Readonly<Record<string, DeviceBuffer>>): Promise<LoadedWasmProgram>;
    /** `load` without waiting. The maps of a program are a few kilobytes, which every engine compiles on the spot. */
    loadNow(program: Program, bindings?: Readonly<Record<string, DeviceBuffer>>): LoadedWasmProgram;
}
export interface LoadedWasmProgram extends LoadedProgram {
    /** Where its instructions begin and end, for code in WASM that runs them. */
    readonly instructions: {
        readonly start: number;
        readonly end: number;
    };
    buffer(name: string): WasmBuffer;
}
export interface WasmDeviceOptions {
    /** How many threads share large programs; 1 by default. Where there is no shared memory it stays at one. */
    readonly threads?: Threads;
    /** Another way to start a worker. */
    readonly startHelper?: StartHelper;
}
/**
 * The CPU: programs run inside the main module's linear memory, one call a run. Same program, same data, same bits
 * everywhere and for any number of threads. Throws `invalid-option` for a bad number of them.
 */
export declare function createWasmDevice({ threads, startHelper }?: WasmDeviceOptions): Promise<WasmDevice>;
/** The device on an instance that exists already. */
export declare function wasmDeviceOn(instance: WasmInstance): WasmDevice;

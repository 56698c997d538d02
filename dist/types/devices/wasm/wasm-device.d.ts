import type { Program, StorageType } from "../../program/program.js";
import type { Device, DeviceBuffer, LoadedProgram } from "../device.js";
import { type WasmInstance } from "../wasm-instance.js";
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
/**
 * The CPU: programs run inside the main module's linear memory, one call a run. Same program, same data, same bits
 * everywhere.
 */
export declare function createWasmDevice(instance?: WasmInstance): Promise<WasmDevice>;
/** The device on an instance that exists already. */
export declare function wasmDeviceOn(instance: WasmInstance): WasmDevice;

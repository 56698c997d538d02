import type { Program, StorageType } from "../program/program.js";
/** A piece of device memory: f32 or i32 elements, row-major. */
export interface DeviceBuffer {
    readonly dtype: StorageType;
    readonly size: number;
}
/** A program with its memory on a device. */
export interface LoadedProgram {
    readonly program: Program;
    /** Buffers of inputs (bound or made) and outputs, by name. */
    buffer(name: string): DeviceBuffer;
    /** Number of steps into which a run can be cut: instructions on wasm, dispatches on a GPU. */
    readonly stepCount: number;
    /** The first step that repeats need, when nothing but this program ran in between. */
    readonly repeatFrom: number;
    /** Runs all of it `times` times in a row: one call into WASM, or one submitted command buffer. */
    run(times?: number): void;
    /** Runs steps `from <= step < to` and returns; running 0..stepCount in any cuts gives the bits of `run()`. */
    runSteps(from: number, to: number): void;
    dispose(): void;
}
/**
 * Where programs run. Two implementations: wasm (`wasm-device.ts`) and webgpu (`webgpu-device.ts`).
 * Disposing twice is safe; anything else after `dispose` throws `disposed`.
 */
export interface Device {
    readonly kind: "wasm" | "webgpu";
    /** What was chosen and why, for records and messages. */
    readonly description: string;
    allocate(size: number, dtype: StorageType): DeviceBuffer;
    /** Copies data to the start of the buffer, or to element `offset`. */
    write(buffer: DeviceBuffer, data: Float32Array | Int32Array, offset?: number): void;
    /** A copy of the buffer's (first `length`) elements, after everything submitted before. */
    read(buffer: DeviceBuffer, length?: number): Promise<Float32Array | Int32Array>;
    /** Copies of several buffers as of one moment; on a GPU they take one wait together. */
    readAll(buffers: readonly DeviceBuffer[]): Promise<(Float32Array | Int32Array)[]>;
    /** Prepares a program. `bindings` gives buffers for inputs by name; inputs without one get a fresh, zeroed buffer. */
    load(program: Program, bindings?: Readonly<Record<string, DeviceBuffer>>): Promise<LoadedProgram>;
    dispose(): void;
}

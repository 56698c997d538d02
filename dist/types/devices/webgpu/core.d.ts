import type { StorageType } from "../../program/program.js";
import type { DeviceBuffer, LoadedProgram } from "../device.js";
import type { AdapterTraits } from "./adapter-traits.js";
import type { DebugLevel } from "./describe.js";
import type { Block, Heap } from "./heap.js";
/** What was sent to the GPU so far, for tests and reports. */
export interface WebGpuCounters {
    /** Command buffers that ran programs. */
    submits: number;
    dispatches: number;
    /** Pipelines compiled. */
    pipelines: number;
}
export interface WebGpuProgram extends LoadedProgram {
    /** The kernels as they were loaded. Level 1: one line a dispatch; level 2: with WGSL. */
    describe(level?: DebugLevel): string;
}
/** A buffer of this device: a stretch of a page. `byteOffset` from the start of the page. */
export interface WebGpuBuffer extends DeviceBuffer {
    readonly heap: Heap;
    readonly block: Block;
    readonly byteOffset: number;
    /** Whether it keeps its f32 numbers as halves, two a word. */
    readonly halves?: boolean;
}
/** What the parts of a device share. */
export interface WebGpuCore {
    readonly gpu: GPUDevice;
    readonly heap: Heap;
    readonly counters: WebGpuCounters;
    readonly adapter: AdapterTraits;
    readonly debug: DebugLevel;
    /** A run is cut into submits of about so many milliseconds. */
    readonly submitMs: number;
    /** Throws `disposed`, `device-lost`, or an error that the GPU reported since the last call. */
    check(): void;
    /** The caller's buffer as one of this device. */
    own(buffer: DeviceBuffer): WebGpuBuffer;
}
/** A zeroed buffer on memory of its own. */
export declare function makeBuffer(heap: Heap, size: number, dtype: StorageType, halves?: boolean): WebGpuBuffer;

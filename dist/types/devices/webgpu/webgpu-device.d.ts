import type { Program } from "../../program/program.js";
import type { Device, DeviceBuffer } from "../device.js";
import { type AdapterKind } from "./adapter-traits.js";
import { type WebGpuBuffer, type WebGpuCounters, type WebGpuProgram } from "./core.js";
import type { DebugLevel } from "./describe.js";
import { type AdapterReport } from "./request-device.js";
export interface WebGpuDevice extends Device {
    readonly kind: "webgpu";
    readonly gpu: GPUDevice;
    /** Whether the adapter computes on the CPU. */
    readonly software: boolean;
    readonly counters: WebGpuCounters;
    /**
     * A buffer of f32 numbers that it keeps as float16, in half the bytes: written as a whole, read by programs alone,
     * which compute in f32.
     */
    allocateHalves(size: number): WebGpuBuffer;
    /** Bytes of all pages of its memory. */
    byteLength(): number;
    load(program: Program, bindings?: Readonly<Record<string, DeviceBuffer>>): Promise<WebGpuProgram>;
}
export interface WebGpuOptions {
    /** A GPUDevice that the page already owns; it is never destroyed here. */
    readonly device?: GPUDevice;
    /** An adapter found before by `findAdapter`. */
    readonly adapter?: AdapterReport;
    /** Prints every loaded program with `console.log`: 1 the kernels, 2 also their WGSL. */
    readonly debug?: DebugLevel;
    /**
     * Cuts a run into submits that take a slow GPU about so many milliseconds, 200 by default: a page stays responsive,
     * and no driver takes the GPU for hung. The cuts follow from the program alone and change no bits.
     */
    readonly submitMs?: number;
    /** Which kernels to take, for GPUs or for adapters that compute on the CPU; by default those that the adapter is. */
    readonly kernels?: AdapterKind;
    /** Size of the first page of memory; later ones are larger. 4 MiB by default. */
    readonly pageBytes?: number;
}
/**
 * A device on the GPU of this runtime, or on the page's own GPUDevice. Throws `webgpu-unavailable` that says why
 * there is none. Sums and matmuls follow fixed trees, or where threads of a subgroup add up among themselves the
 * adapter's own: the same adapter repeats its bits; other adapters and wasm agree within rounding.
 */
export declare function createWebGpuDevice(options?: WebGpuOptions): Promise<WebGpuDevice>;

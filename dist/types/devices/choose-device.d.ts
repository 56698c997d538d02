import type { Device } from "./device.js";
import type { Threads } from "./wasm/threads.js";
import { type WasmDevice } from "./wasm/wasm-device.js";
export interface WantedDevice {
    readonly device: "auto" | "wasm" | "webgpu" | GPUDevice;
    readonly threads: Threads;
}
/** Which device runs the updates, and why. */
export interface ChosenDevice {
    /** For environments, acting and estimation; also the updates' device when that is wasm. */
    readonly host: WasmDevice;
    readonly updates: Device;
    readonly reason: string;
}
/**
 * Resolves "auto", "wasm", "webgpu" or a GPUDevice. "auto" takes wasm for small steps; for others it measures a GPU
 * against the CPU on chains of matmuls as heavy as a step, when there is one (a software rasterizer is none). Throws
 * `webgpu-unavailable` when webgpu was asked for and is not there.
 */
export declare function chooseDevice({ device: wanted, threads }: WantedDevice, multiplyAddsPerStep: number): Promise<ChosenDevice>;
/** Frees both devices. Safe twice. */
export declare function disposeChosen({ host, updates }: ChosenDevice): void;

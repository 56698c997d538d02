import type { Device } from "./device.js";
import { type WasmDevice } from "./wasm/wasm-device.js";
/** Which device runs the updates, and why. */
export interface ChosenDevice {
    /** For environments, acting and estimation; also the updates' device when that is wasm. */
    readonly host: WasmDevice;
    readonly updates: Device;
    readonly reason: string;
}
/**
 * Resolves "auto", "wasm", "webgpu" or a GPUDevice. "auto" takes wasm for small steps; for large ones it measures a
 * GPU against the CPU on a short chain of matmuls, when there is one (a software rasterizer is none). Throws
 * `webgpu-unavailable` when webgpu was asked for and is not there.
 */
export declare function chooseDevice(wanted: "auto" | "wasm" | "webgpu" | GPUDevice, multiplyAddsPerStep: number): Promise<ChosenDevice>;

import type { WebGpuCore } from "./core.js";
export interface ReadBack {
    /** A copy of the bytes, after everything submitted before. */
    read(source: GPUBuffer, byteOffset: number, byteLength: number): Promise<ArrayBuffer>;
    dispose(): void;
}
export declare function createReadBack(core: Pick<WebGpuCore, "gpu" | "check">): ReadBack;

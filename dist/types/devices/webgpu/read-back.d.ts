import type { WebGpuBuffer, WebGpuCore } from "./core.js";
export interface ReadBack {
    /** Copies of the buffers, after everything submitted before: one submit, one wait. */
    read(sources: readonly WebGpuBuffer[]): Promise<(Float32Array | Int32Array)[]>;
    dispose(): void;
}
export declare function createReadBack(core: Pick<WebGpuCore, "gpu" | "check">): ReadBack;

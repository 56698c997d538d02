import { BregmanError } from "../../error.ts";
import type { WebGpuCore } from "./core.ts";

// Results on their way to JavaScript: a copy into a buffer that can be mapped, kept for the next read of about that
// size.

/** GPUBufferUsage: MAP_READ | COPY_DST, and GPUMapMode.READ. */
const stagingUsage = 0x1 | 0x8;
const mapForReading = 1;
const smallestBytes = 256;
/** A lost device fails the read first and says so itself a moment later. */
const lossNoticeMs = 100;

export interface ReadBack {
  /** A copy of the bytes, after everything submitted before. */
  read(source: GPUBuffer, byteOffset: number, byteLength: number): Promise<ArrayBuffer>;
  dispose(): void;
}

export function createReadBack(core: Pick<WebGpuCore, "gpu" | "check">): ReadBack {
  const { gpu } = core;
  const idle = new Map<number, GPUBuffer[]>();
  const all = new Set<GPUBuffer>();

  const acquire = (sizeClass: number): GPUBuffer => {
    const kept = idle.get(sizeClass)?.pop();
    if (kept) return kept;
    const buffer = gpu.createBuffer({ label: "bregman read-back", size: sizeClass, usage: stagingUsage });
    all.add(buffer);
    return buffer;
  };
  const release = (sizeClass: number, buffer: GPUBuffer): void => {
    const kept = idle.get(sizeClass);
    if (kept) kept.push(buffer);
    else idle.set(sizeClass, [buffer]);
  };

  return {
    async read(source, byteOffset, byteLength) {
      if (byteLength === 0) return new ArrayBuffer(0);
      let sizeClass = smallestBytes;
      while (sizeClass < byteLength) sizeClass *= 2;
      const staging = acquire(sizeClass);
      const encoder = gpu.createCommandEncoder({ label: "bregman read" });
      encoder.copyBufferToBuffer(source, byteOffset, staging, 0, byteLength);
      gpu.queue.submit([encoder.finish()]);
      let bytes: ArrayBuffer;
      try {
        await staging.mapAsync(mapForReading, 0, byteLength);
        bytes = staging.getMappedRange(0, byteLength).slice(0);
        staging.unmap();
      } catch (cause) {
        await Promise.race([gpu.lost, new Promise((resolve) => setTimeout(resolve, lossNoticeMs))]);
        core.check();
        throw new BregmanError("internal", `internal: reading from the GPU failed: ${String(cause)}`);
      }
      release(sizeClass, staging);
      core.check();
      return bytes;
    },
    dispose() {
      for (const buffer of all) buffer.destroy();
      all.clear();
    },
  };
}

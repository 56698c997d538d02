import { BregmanError } from "../../error.ts";
import type { WebGpuBuffer, WebGpuCore } from "./core.ts";

// Results on their way to JavaScript: what is read together is copied into one buffer that can be mapped, kept for the
// next read of about that size.

/** GPUBufferUsage: MAP_READ | COPY_DST, and GPUMapMode.READ. */
const stagingUsage = 0x1 | 0x8;
const mapForReading = 1;
const smallestBytes = 256;
/** A lost device fails the read first and says so itself a moment later. */
const lossNoticeMs = 100;

export interface ReadBack {
  /** Copies of the buffers, after everything submitted before: one submit, one wait. */
  read(sources: readonly WebGpuBuffer[]): Promise<(Float32Array | Int32Array)[]>;
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
    async read(sources) {
      if (sources.some(({ halves }) => halves)) {
        throw new BregmanError("invalid-dtype", "webgpu: a buffer of float16 can be read by programs alone");
      }
      const byteLength = sources.reduce((sum, { size }) => sum + 4 * size, 0);
      if (byteLength === 0) return sources.map(({ dtype }) => valuesOf(new ArrayBuffer(0), dtype));
      let sizeClass = smallestBytes;
      while (sizeClass < byteLength) sizeClass *= 2;
      const staging = acquire(sizeClass);
      const encoder = gpu.createCommandEncoder({ label: "bregman read" });
      let end = 0;
      const offsets = sources.map(({ block, byteOffset, size }) => {
        const offset = end;
        encoder.copyBufferToBuffer(block.page.buffer, byteOffset, staging, offset, 4 * size);
        end += 4 * size;
        return offset;
      });
      gpu.queue.submit([encoder.finish()]);
      let values: (Float32Array | Int32Array)[];
      try {
        await staging.mapAsync(mapForReading, 0, byteLength);
        const mapped = staging.getMappedRange(0, byteLength);
        values = sources.map(({ size, dtype }, i) =>
          valuesOf(mapped.slice(offsets[i]!, offsets[i]! + 4 * size), dtype));
        staging.unmap();
      } catch (cause) {
        await Promise.race([gpu.lost, new Promise((resolve) => setTimeout(resolve, lossNoticeMs))]);
        core.check();
        throw new BregmanError("internal", `internal: reading from the GPU failed: ${String(cause)}`);
      }
      release(sizeClass, staging);
      core.check();
      return values;
    },
    dispose() {
      for (const buffer of all) buffer.destroy();
      all.clear();
    },
  };
}

function valuesOf(bytes: ArrayBuffer, dtype: WebGpuBuffer["dtype"]): Float32Array | Int32Array {
  return dtype === "f32" ? new Float32Array(bytes) : new Int32Array(bytes);
}

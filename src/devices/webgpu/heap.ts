import { BregmanError } from "../../error.ts";

// Device memory as few large buffers ("pages"), so that a kernel that touches many tensors binds few buffers.

export interface Page {
  readonly buffer: GPUBuffer;
  readonly byteLength: number;
  /** Free stretches by ascending offset, never adjacent. */
  free: { offset: number; byteLength: number }[];
  /** Bytes from here on were never handed out, so they are zero. */
  touched: number;
}

/** A stretch of a page: byte offset a multiple of 256. */
export interface Block {
  readonly page: Page;
  readonly offset: number;
  readonly byteLength: number;
}

export interface Heap {
  /** Zeroed memory. Throws `invalid-shape` beyond the device's limits. */
  allocate(byteLength: number): Block;
  free(block: Block): void;
  /** Bytes of all pages. */
  byteLength(): number;
  dispose(): void;
}

const alignment = 256;
const largestSharedPageBytes = 64 << 20;
/** GPUBufferUsage: STORAGE | COPY_DST | COPY_SRC. Node has no global of that name. */
const pageUsage = 0x80 | 0x8 | 0x4;

/** Pages double from `firstPageBytes` up to 64 MiB; what is larger gets a page of its own. */
export function createHeap(gpu: GPUDevice, firstPageBytes = 4 << 20): Heap {
  const pages: Page[] = [];
  const limit = Math.min(gpu.limits.maxStorageBufferBindingSize, gpu.limits.maxBufferSize);

  const addPage = (byteLength: number): Page => {
    const buffer = gpu.createBuffer({ label: `bregman page ${pages.length}`, size: byteLength, usage: pageUsage });
    const page: Page = { buffer, byteLength, free: [{ offset: 0, byteLength }], touched: 0 };
    pages.push(page);
    return page;
  };

  return {
    allocate(wanted) {
      const byteLength = Math.max(alignment, Math.ceil(wanted / alignment) * alignment);
      if (byteLength > limit) {
        throw new BregmanError("invalid-shape",
          `webgpu: ${wanted} bytes in one piece, but this GPU binds at most ${limit}`);
      }
      for (const page of pages) {
        const block = take(page, byteLength);
        if (block) return zeroed(gpu, block);
      }
      const largest = Math.min(largestSharedPageBytes, Math.floor(limit / alignment) * alignment);
      const shared = Math.min(firstPageBytes * 2 ** pages.length, largest);
      const block = take(addPage(Math.max(shared, byteLength)), byteLength)!;
      return zeroed(gpu, block);
    },
    free({ page, offset, byteLength }) {
      const stretches = [...page.free, { offset, byteLength }].sort((a, b) => a.offset - b.offset);
      page.free = [];
      for (const stretch of stretches) {
        const last = page.free[page.free.length - 1];
        if (last && last.offset + last.byteLength === stretch.offset) last.byteLength += stretch.byteLength;
        else page.free.push({ ...stretch });
      }
    },
    byteLength: () => pages.reduce((sum, page) => sum + page.byteLength, 0),
    dispose() {
      for (const page of pages.splice(0)) page.buffer.destroy();
    },
  };
}

/** First fit. */
function take(page: Page, byteLength: number): Block | undefined {
  const stretch = page.free.find((each) => each.byteLength >= byteLength);
  if (!stretch) return undefined;
  const block = { page, offset: stretch.offset, byteLength };
  stretch.offset += byteLength;
  stretch.byteLength -= byteLength;
  page.free = page.free.filter((each) => each.byteLength > 0);
  return block;
}

/** New buffers are zero; stretches that were in use before are cleared. */
function zeroed(gpu: GPUDevice, block: Block): Block {
  const { page, offset, byteLength } = block;
  const used = Math.min(offset + byteLength, page.touched) - offset;
  page.touched = Math.max(page.touched, offset + byteLength);
  if (used > 0) {
    const encoder = gpu.createCommandEncoder({ label: "bregman clear" });
    encoder.clearBuffer(page.buffer, offset, used);
    gpu.queue.submit([encoder.finish()]);
  }
  return block;
}

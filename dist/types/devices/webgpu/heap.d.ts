export interface Page {
    readonly buffer: GPUBuffer;
    readonly byteLength: number;
    /** Free stretches by ascending offset, never adjacent. */
    free: {
        offset: number;
        byteLength: number;
    }[];
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
/** Pages double from `firstPageBytes` up to 64 MiB; what is larger gets a page of its own. */
export declare function createHeap(gpu: GPUDevice, firstPageBytes?: number): Heap;

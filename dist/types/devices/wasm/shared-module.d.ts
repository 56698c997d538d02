/** Pages of the largest memory: 4 GB. What an import says must be no less than what the memory was made with. */
export declare const largestPages = 65536;
/** `env.memory` of at least `pages` (< 128) pages as one import: its names, that it is a memory, its limits. */
export declare function memoryImport(isShared: boolean, pages?: number): number[];
/** The module's bytes with its memory imported and shared. It has no imports of its own and begins with one page. */
export declare function withSharedMemory(module: Uint8Array): Uint8Array<ArrayBuffer>;

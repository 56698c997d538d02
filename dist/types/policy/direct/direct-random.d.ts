import type { ActingKernels } from "./acting-memory.js";
/** The policy's own stream of random words, as `randomBits` of the tensor layer draws them. */
export declare class DirectRandom {
    #private;
    constructor(kernels: ActingKernels, seed: number);
    /** Writes elements `first` to `first + count` of the current draw and returns the address of the first. */
    words(first: number, count: number, out: Float32Array): number;
    /** Goes on to the next draw: each call of `act` or `actBatch` that samples has one. */
    advance(): void;
}

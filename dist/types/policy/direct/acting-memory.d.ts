/** The functions of assembly/acting.ts. Addresses, counts and words are numbers. */
export interface ActingKernels {
    dense(inputs: number, outputs: number, x: number, weight: number, bias: number, y: number): void;
    apply(kind: number, count: number, x: number): void;
    normal(count: number, first: number, second: number, y: number): void;
    random_words(key0: number, key1: number, draw: number, stream: number, salt: number, first: number, count: number, out: number): void;
}
/** An instance of the acting module with room for arrays, whose `byteOffset` is the address that kernels take. */
export declare class ActingMemory {
    #private;
    readonly kernels: ActingKernels;
    /** Room for `arrays` arrays of `floats` elements together. Throws `out-of-memory` where the engine gives no more. */
    constructor(module: WebAssembly.Module, floats: number, arrays: number);
    /** `count` zeros. */
    array(count: number): Float32Array;
    /** A copy of `values`. */
    place(values: Float32Array): Float32Array;
}

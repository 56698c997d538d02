/** Operation numbers. The machine's `switch` and this table are the same list. */
export declare const Opcode: {
    readonly call: 0;
    readonly matmulNN: 1;
    readonly matmulTN: 2;
    readonly transpose: 3;
    readonly gatherRows: 4;
    readonly scatterAddRows: 5;
    readonly takeAlong: 6;
    readonly scatterAddAlong: 7;
    readonly argmax: 8;
    readonly linearScan: 9;
    readonly randomBits: 10;
    readonly together: 11;
};
export type Operation = keyof typeof Opcode;
/** The operands of each operation, in the order of their words. What each computes stands beside its kernel. */
export declare const operandNames: {
    readonly call: readonly ["tableIndex"];
    readonly matmulNN: readonly ["rows", "depth", "columns", "a", "aStride", "b", "bStride", "y", "yStride", "bias", "batch1", "aBatch1", "bBatch1", "yBatch1", "batch2", "aBatch2", "bBatch2", "yBatch2"];
    readonly matmulTN: readonly ["rows", "depth", "columns", "a", "aStride", "b", "bStride", "y", "yStride", "bias", "batch1", "aBatch1", "bBatch1", "yBatch1", "batch2", "aBatch2", "bBatch2", "yBatch2"];
    readonly transpose: readonly ["rows", "columns", "a", "aStride", "y", "yStride", "batch1", "aBatch1", "yBatch1", "batch2", "aBatch2", "yBatch2"];
    readonly gatherRows: readonly ["count", "rowBytes", "rows", "x", "index", "y"];
    readonly scatterAddRows: readonly ["count", "width", "rows", "d", "index", "y"];
    readonly takeAlong: readonly ["outer", "size", "inner", "n", "x", "index", "y"];
    readonly scatterAddAlong: readonly ["outer", "size", "inner", "n", "d", "index", "y"];
    readonly argmax: readonly ["rows", "n", "x", "y"];
    readonly linearScan: readonly ["steps", "width", "reverse", "x", "a", "y"];
    readonly randomBits: readonly ["count", "salt", "state", "y"];
    /** The next `count` instructions, `bytes` apart, write to different elements: threads may share them. */
    readonly together: readonly ["count", "bytes"];
};
/** Operands that may be left out: no bias, and a batch of one. */
declare const defaults: {
    bias: number;
    batch1: number;
    aBatch1: number;
    bBatch1: number;
    yBatch1: number;
    batch2: number;
    aBatch2: number;
    bBatch2: number;
    yBatch2: number;
};
type Optional = keyof typeof defaults;
type NameOf<O extends Operation> = (typeof operandNames)[O][number];
/** The operands of operation `O` by name. */
export type Operands<O extends Operation> = {
    readonly [Name in Exclude<NameOf<O>, Optional>]: number;
} & {
    readonly [Name in Extract<NameOf<O>, Optional>]?: number;
};
/**
 * A matmul of either kind: y[rows, columns] = a b + bias, contracted over `depth`; a is [depth, rows] in `matmulTN`.
 */
export type MatmulOperands = Operands<"matmulNN">;
export type MatmulOperation = "matmulNN" | "matmulTN";
/** Appends one instruction to `words`. */
export declare function pushInstruction<O extends Operation>(words: number[], operation: O, operands: Operands<O>): void;
/** The number of words of an instruction, its opcode included. Throws `internal` for an unknown opcode. */
export declare function instructionLength(opcode: number): number;
/** One instruction as text, for the debug listing of a program: `matmulNN rows=64 depth=17 ...`. */
export declare function describeInstruction(words: ArrayLike<number>, position: number): string;
/** Instructions of one operation that write to different elements as one that threads share; a single one as it is. */
export declare function pushTogether(words: number[], instructions: readonly (readonly number[])[]): void;
/** About half a millisecond of multiply-adds on one core. */
export declare const defaultMatmulLimit = 10000000;
/** Cuts fall between whole tiles of the kernel, so that a cut costs nothing. */
export declare const tileRows = 8;
/**
 * Cuts a matmul into several that compute disjoint parts of `y`, each of at most `limit` multiply-adds (or 8 rows,
 * where those are more): first by batch, then by output rows, and by columns where that would leave few rows. An
 * element's chain of additions is never cut: the result has the same bits.
 */
export declare function splitMatmul(operation: MatmulOperation, operands: MatmulOperands, limit?: number): MatmulOperands[];
/** Cuts 0..total into runs of at most `most`, rounded down to (but at least) a multiple of `unit`. */
export declare function pieces(total: number, most: number, unit: number): {
    start: number;
    count: number;
}[];
export {};

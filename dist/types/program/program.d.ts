/** What memory holds. Masks between kernels are i32: 0 or -1. */
export type StorageType = "f32" | "i32";
/**
 * A stretch of device memory. `input`: bound by name when the program is loaded (or made there); `output`: made there,
 * keeps its value until the next run; `temporary`: a place in the program's arena, shared by values that are never
 * alive together.
 */
export interface BufferSpec {
    readonly kind: "input" | "output" | "temporary";
    readonly name: string;
    readonly dtype: StorageType;
    /** In elements. */
    readonly size: number;
    /** Byte offset in the arena, for temporaries. */
    readonly arenaOffset: number;
}
/** A strided window on a buffer; offset and strides in elements, 0 repeats. */
export interface View {
    readonly buffer: number;
    readonly offset: number;
    readonly shape: readonly number[];
    readonly strides: readonly number[];
    readonly dtype: StorageType;
}
/**
 * The basic operations of a map: what WASM SIMD and WGSL both have. exp, log, tanh, sin and cos are already expanded
 * into these (`elementary.ts`), so both printers print the same polynomials.
 *
 * min(a, b) = b < a ? b : a and max(a, b) = a < b ? b : a, exactly. `round` is to nearest even; `round-to-i32` is its
 * integer, for |x| < 2^22. `to-i32` truncates towards zero. Shifts take a constant amount. `carried` is the map's
 * `running` value at the step before, 0 at the first.
 */
export type BasicOp = "load" | "constant" | "index" | "carried" | "add" | "sub" | "mul" | "div" | "neg" | "abs" | "sqrt" | "floor" | "round" | "min" | "max" | "lt" | "le" | "eq" | "and" | "or" | "not" | "select" | "bit-and" | "bit-or" | "bit-xor" | "shift-left" | "shift-right" | "shift-right-unsigned" | "to-f32" | "to-i32" | "round-to-i32" | "bitcast-f32" | "bitcast-i32" | "mask-to-f32" | "mask-to-i32";
/** One value of a map in SSA form: arguments are the numbers of earlier instructions. `dtype` is that of the result. */
export interface Instruction {
    readonly op: BasicOp;
    readonly args: readonly number[];
    readonly dtype: "f32" | "i32" | "bool";
    /** constant: the value; load: number of the load; index: the domain axis; shifts: the amount. */
    readonly immediate: number;
}
/** A sum, maximum or minimum that ends a map, over the leading or the trailing axes of its domain. */
export interface Reduction {
    readonly kind: "sum" | "max" | "min";
    readonly value: number;
    /** Reduced axes: `from <= axis < to`, with from = 0 or to = rank. */
    readonly from: number;
    readonly to: number;
    /** Shape and strides of the kept axes. */
    readonly store: View;
}
/**
 * Elementwise work over a row-major iteration domain, fused: every element loads, computes, stores; reductions end it.
 * Bool values are loaded from and stored to i32 masks.
 *
 * Order of sums (the contract of the wasm device): over leading axes one accumulator takes rows ascending; over
 * trailing axes four partial sums by index along the last axis modulo 4, in row-major order, folded as
 * (p0 + p1) + (p2 + p3).
 */
export interface MapKernel {
    readonly kind: "map";
    readonly domain: readonly number[];
    readonly loads: readonly View[];
    readonly instructions: readonly Instruction[];
    readonly stores: readonly {
        readonly value: number;
        readonly view: View;
    }[];
    readonly reductions: readonly Reduction[];
    /** Only in maps that the wasm device makes of a scan: the value that goes from step to step along the second axis. */
    readonly running?: {
        readonly value: number;
        readonly reverse: boolean;
    };
}
/**
 * y = a b (+ bias) per batch: a [batch..., M, K], b [batch..., K, N], y [batch..., M, N], bias [N]; at most two batch
 * axes. The last two axes of `a` and of `b` have stride 1 along one of them; `transposeA` says that a is stored [K, M],
 * `transposeB` that b is stored [N, K] (never both). y is row-major. One f32 accumulator an element, from the bias (or
 * 0), k ascending, multiply then add.
 */
export interface MatmulKernel {
    readonly kind: "matmul";
    readonly m: number;
    readonly k: number;
    readonly n: number;
    readonly a: View;
    readonly b: View;
    readonly bias: View | undefined;
    readonly y: View;
    readonly transposeA: boolean;
    readonly transposeB: boolean;
}
/** The rest: every view contiguous, shapes as the primitive of that name in `tensor/` states them. */
export type IndexKernel = {
    readonly kind: "gather-rows";
    readonly x: View;
    readonly index: View;
    readonly y: View;
} | {
    readonly kind: "scatter-add-rows";
    readonly x: View;
    readonly index: View;
    readonly y: View;
} | {
    readonly kind: "take-along";
    readonly x: View;
    readonly index: View;
    readonly y: View;
} | {
    readonly kind: "scatter-add-along";
    readonly x: View;
    readonly index: View;
    readonly y: View;
} | {
    readonly kind: "argmax";
    readonly x: View;
    readonly y: View;
} | {
    readonly kind: "linear-scan";
    readonly x: View;
    readonly a: View;
    readonly y: View;
    readonly reverse: boolean;
} | {
    readonly kind: "random-bits";
    readonly state: View;
    readonly y: View;
    readonly salt: number;
};
export type Kernel = MapKernel | MatmulKernel | IndexKernel;
export interface Program {
    readonly kernels: readonly Kernel[];
    /** The first kernel that repeats of a run need; those before it leave what they found. */
    readonly repeatFrom: number;
    readonly buffers: readonly BufferSpec[];
    readonly arenaBytes: number;
    /** All memory that it needs: the arena, inputs and outputs. */
    readonly byteLength: number;
    /** Where inputs and outputs are: numbers into `buffers`. */
    readonly inputs: ReadonlyMap<string, number>;
    readonly outputs: ReadonlyMap<string, View>;
    /** Multiply-adds of all matmuls, and elements visited by all maps: what one run costs. */
    readonly work: {
        readonly multiplyAdds: number;
        readonly elements: number;
    };
}

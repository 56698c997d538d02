/** Real vectors: row-major, one bound for all or one per element; Infinity is allowed. Values are Float32Array. */
export interface BoxSpace {
    readonly kind: "box";
    readonly shape: readonly number[];
    readonly low: number | ArrayLike<number>;
    readonly high: number | ArrayLike<number>;
}
/** One of n integers, from `start` (0) on. Values are numbers; networks see one-hot. */
export interface DiscreteSpace {
    readonly kind: "discrete";
    readonly n: number;
    readonly start?: number;
}
/** Several choices at once, the i-th from 0 to nvec[i] - 1. Values are Int32Array. */
export interface MultiDiscreteSpace {
    readonly kind: "multi-discrete";
    readonly nvec: readonly number[];
}
/** n switches. Values are Int32Array of 0 and 1. */
export interface MultiBinarySpace {
    readonly kind: "multi-binary";
    readonly n: number;
}
/** Named parts, in the order of the keys. */
export interface DictSpace {
    readonly kind: "dict";
    readonly spaces: {
        readonly [key: string]: Space;
    };
}
/** Parts in a row. */
export interface TupleSpace {
    readonly kind: "tuple";
    readonly spaces: readonly Space[];
}
/** A space without parts. */
export type PlainSpace = BoxSpace | DiscreteSpace | MultiDiscreteSpace | MultiBinarySpace;
export type Space = PlainSpace | DictSpace | TupleSpace;
/** A value of a space. Arrays of numbers are accepted where typed arrays are returned. */
export type SpaceValue = number | Float32Array | Int32Array | ArrayLike<number> | {
    readonly [key: string]: SpaceValue;
} | readonly SpaceValue[];
/** Throws `invalid-space` when `space` is not a well-formed space; `field` names it in the message. */
export declare function validateSpace(space: unknown, field?: string): asserts space is Space;
/** Elements of a box. */
export declare function boxSize(space: BoxSpace): number;
/** The lower bound of element i. */
export declare function lowAt(space: BoxSpace, i: number): number;
/** The upper bound of element i. */
export declare function highAt(space: BoxSpace, i: number): number;
/** Whether a space is made of others. */
export declare function hasParts(space: Space): space is DictSpace | TupleSpace;
/** The parts of a dict or tuple, in order. */
export declare function parts(space: DictSpace | TupleSpace): [string, Space][];
/**
 * The spaces without parts that a space is made of, in order, each with its path, say ["inventory", "sword"].
 */
export declare function plainParts(space: Space, path?: readonly string[]): [readonly string[], PlainSpace][];
/**
 * How an observation lies in a vector environment's arrays: its elements, and whether they are integers. Box: its
 * elements, float32; discrete: 1; multi-discrete and multi-binary: one per choice; dict and tuple: flattened, float32.
 */
export declare function rawLayout(space: Space): {
    size: number;
    integer: boolean;
};
/** Elements of a flattened value: what a network sees. */
export declare function flatSize(space: Space): number;
/**
 * The choices of an action space, one head after the other (a switch has two), those of its parts in order; undefined
 * where there are none.
 */
export declare function choices(space: Space): number[] | undefined;
/** Entries of an action mask: one a choice's option; 0 where there are no choices. */
export declare function maskLength(space: Space): number;
/** A value or its type, short, for messages. */
export declare function describe(value: unknown): string;

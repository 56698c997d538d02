/** The typed array that holds the elements of each dtype. */
declare const ARRAYS: {
    readonly F32: Float32ArrayConstructor;
    readonly F64: Float64ArrayConstructor;
    readonly I32: Int32ArrayConstructor;
    readonly U32: Uint32ArrayConstructor;
    readonly I64: BigInt64ArrayConstructor;
    readonly U8: Uint8ArrayConstructor;
};
export type TensorDtype = keyof typeof ARRAYS;
export type TensorValues = Float32Array | Float64Array | Int32Array | Uint32Array | BigInt64Array | Uint8Array;
/** One named tensor. `values` is row-major and has as many elements as `shape` says ([] is a scalar: 1 element). */
export interface NamedTensor {
    readonly name: string;
    readonly dtype: TensorDtype;
    readonly shape: readonly number[];
    readonly values: TensorValues;
}
/** What a file holds: the tensors by name, in the header's order, and the metadata strings. */
export interface SafetensorsContent {
    readonly tensors: ReadonlyMap<string, NamedTensor>;
    readonly metadata: ReadonlyMap<string, string>;
}
/**
 * Writes tensors, in the order given, and metadata strings. The same input gives the same bytes.
 * Throws `invalid-shape` or `invalid-dtype` when a tensor's values do not fit what is said about them, `invalid-option`
 * for a name used twice.
 */
export declare function writeSafetensors(tensors: Iterable<NamedTensor>, metadata?: Iterable<readonly [string, string]>): Uint8Array;
/**
 * Reads a file. The arrays are aligned copies that share nothing with `bytes`; together they are no larger than it.
 * Throws `checkpoint-corrupt` naming what is wrong with a file that is foreign, truncated or malformed.
 */
export declare function readSafetensors(bytes: Uint8Array): SafetensorsContent;
export {};

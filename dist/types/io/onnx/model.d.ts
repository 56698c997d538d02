/**
 * The messages of an ONNX model (onnx.proto), written by hand: of each only the fields that a policy needs. The opset
 * is 15, which every runtime of the last years reads, those of game engines too.
 */
import type { Shape } from "../../tensor/shape.js";
/** Codes of TensorProto.DataType. */
export declare const dataTypes: {
    readonly f32: 1;
    readonly i32: 6;
    readonly i64: 7;
    readonly bool: 9;
};
/** An axis has a fixed size, or is called by a name where the caller decides. */
export interface ValueInfo {
    readonly name: string;
    readonly dtype: keyof typeof dataTypes;
    readonly shape: readonly (number | string)[];
    readonly description: string;
}
export interface Node {
    readonly type: string;
    readonly inputs: readonly string[];
    readonly output: string;
    /** Whole numbers, or lists of them. */
    readonly attributes: Readonly<Record<string, number | readonly number[]>>;
}
export interface Initializer {
    readonly name: string;
    readonly shape: Shape;
    readonly values: Float32Array | Int32Array | BigInt64Array;
}
export interface Model {
    readonly name: string;
    readonly version: string;
    readonly nodes: readonly Node[];
    readonly initializers: readonly Initializer[];
    readonly inputs: readonly ValueInfo[];
    readonly outputs: readonly ValueInfo[];
    readonly metadata: Readonly<Record<string, string>>;
}
/** A ModelProto. */
export declare function encodeModel(model: Model): Uint8Array<ArrayBuffer>;

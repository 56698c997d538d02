/**
 * The messages of an ONNX model (onnx.proto), written by hand: of each only the fields that a policy needs. The opset
 * is 15, which every runtime of the last years reads, those of game engines too.
 */
import type { Shape } from "../../tensor/shape.ts";
import { integer, joined, message, text } from "../protobuf.ts";

/** Codes of TensorProto.DataType. */
export const dataTypes = { f32: 1, i32: 6, i64: 7, bool: 9 } as const;

const opset = 15;
/** The version of the format that came with opset 15. */
const irVersion = 8;

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
export function encodeModel(model: Model): Uint8Array<ArrayBuffer> {
  const graph = joined([
    ...model.nodes.map((node) => message(1, encodeNode(node))),
    text(2, model.name),
    ...model.initializers.map((initializer) => message(5, encodeTensor(initializer))),
    ...model.inputs.map((info) => message(11, encodeValueInfo(info))),
    ...model.outputs.map((info) => message(12, encodeValueInfo(info))),
  ]);
  return joined([
    integer(1, irVersion),
    text(2, "bregman"),
    text(3, model.version),
    message(7, graph),
    message(8, integer(2, opset)),
    ...Object.entries(model.metadata).map(([key, value]) => message(14, joined([text(1, key), text(2, value)]))),
  ]);
}

function encodeNode({ type, inputs, output, attributes }: Node): Uint8Array {
  return joined([
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    text(3, output),
    text(4, type),
    ...Object.entries(attributes).map(([name, value]) => message(5, joined([text(1, name), ...encodeValue(value)]))),
  ]);
}

/** The value of an attribute and its type: 2 is an integer, 7 a list of them. */
function encodeValue(value: number | readonly number[]): Uint8Array[] {
  if (typeof value === "number") return [integer(3, value), integer(20, 2)];
  return [...value.map((each) => integer(8, each)), integer(20, 7)];
}

function encodeTensor({ name, shape, values }: Initializer): Uint8Array {
  const dtype = values instanceof Float32Array ? "f32" : values instanceof Int32Array ? "i32" : "i64";
  return joined([
    ...shape.map((size) => integer(1, size)),
    integer(2, dataTypes[dtype]),
    text(8, name),
    message(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);
}

function encodeValueInfo({ name, dtype, shape, description }: ValueInfo): Uint8Array {
  const axes = shape.map((size) => message(1, typeof size === "number" ? integer(1, size) : text(2, size)));
  const tensor = joined([integer(1, dataTypes[dtype]), message(2, joined(axes))]);
  return joined([text(1, name), message(2, message(1, tensor)), text(3, description)]);
}

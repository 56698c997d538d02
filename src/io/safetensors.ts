/**
 * safetensors, read and written: named tensors as row-major little-endian bytes behind a JSON header.
 *
 *     u64 header length | JSON header, padded with spaces to a multiple of 8 | the tensors' bytes, no gap, no overlap
 *
 * A file is hostile until checked: everything the header says is verified against the file's real length before a
 * single array is allocated, and every failure is a `checkpoint-corrupt` that names what is wrong.
 */
import { BregmanError } from "../error.ts";
import { corrupt, type HeaderEntry, parseHeader, quoted } from "./safetensors-header.ts";

/** The typed array that holds the elements of each dtype. */
const ARRAYS = {
  F32: Float32Array,
  F64: Float64Array,
  I32: Int32Array,
  U32: Uint32Array,
  I64: BigInt64Array,
  U8: Uint8Array,
} as const;

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

/** The format's own cap on the header, 100 MB. */
const LONGEST_HEADER = 100_000_000;
/** An own cap, so that a file of empty tensors cannot blow a small header up to a large heap. */
const MOST_TENSORS = 100_000;

/**
 * Writes tensors, in the order given, and metadata strings. The same input gives the same bytes.
 * Throws `invalid-shape` or `invalid-dtype` when a tensor's values do not fit what is said about them, `invalid-option`
 * for a name used twice.
 */
export function writeSafetensors(
  tensors: Iterable<NamedTensor>, metadata: Iterable<readonly [string, string]> = [],
): Uint8Array {
  const list = [...tensors];
  const parts: string[] = [];
  const notes = [...metadata].map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  if (notes.length > 0) parts.push(`"__metadata__":{${notes.join(",")}}`);
  const names = new Set(["__metadata__"]);
  let end = 0;
  for (const tensor of list) {
    checkTensor(tensor, names);
    const begin = end;
    end += tensor.values.byteLength;
    const facts = `"dtype":"${tensor.dtype}","shape":[${tensor.shape.join(",")}],"data_offsets":[${begin},${end}]`;
    parts.push(`${JSON.stringify(tensor.name)}:{${facts}}`);
  }
  const header = new TextEncoder().encode(`{${parts.join(",")}}`);
  const headerLength = Math.ceil(header.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.set(header, 8);
  file.fill(0x20, 8 + header.length, 8 + headerLength);
  let at = 8 + headerLength;
  for (const { values } of list) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}

function checkTensor({ name, dtype, shape, values }: NamedTensor, names: Set<string>): void {
  const where = `tensor ${quoted(name)}`;
  if (names.has(name)) throw new BregmanError("invalid-option", `${where}: the name is used twice or reserved`);
  names.add(name);
  const kind = ARRAYS[dtype] as (typeof ARRAYS)[TensorDtype] | undefined;
  if (kind === undefined || !(values instanceof kind)) {
    throw new BregmanError("invalid-dtype",
      kind ? `${where}: dtype ${dtype} needs ${kind.name}, given ${values.constructor.name}`
        : `${where}: dtype ${quoted(String(dtype))}; accepted are ${Object.keys(ARRAYS).join(", ")}`);
  }
  const elements = elementCount(shape);
  if (elements !== values.length) {
    throw new BregmanError("invalid-shape",
      `${where}: shape [${shape.join(", ")}] needs ${elements ?? "countable"} values, given ${values.length}`);
  }
}

/**
 * Reads a file. The arrays are aligned copies that share nothing with `bytes`; together they are no larger than it.
 * Throws `checkpoint-corrupt` naming what is wrong with a file that is foreign, truncated or malformed.
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsContent {
  const { text, dataBegin } = headerText(bytes);
  const { entries, metadata } = parseHeader(text);
  if (entries.length > MOST_TENSORS) corrupt(`it has ${entries.length} tensors; at most ${MOST_TENSORS} are accepted`);
  for (const entry of entries) checkEntry(entry, bytes.length - dataBegin);
  checkCoverage(entries, bytes.length - dataBegin);
  const tensors = new Map<string, NamedTensor>();
  for (const { name, dtype, shape, begin, end } of entries) {
    const copy = new Uint8Array(end - begin);
    copy.set(bytes.subarray(dataBegin + begin, dataBegin + end));
    const values = new ARRAYS[dtype as TensorDtype](copy.buffer);
    tensors.set(name, { name, dtype: dtype as TensorDtype, shape, values });
  }
  return { tensors, metadata };
}

function headerText(bytes: Uint8Array): { text: string; dataBegin: number } {
  if (bytes.length < 10) corrupt(`${bytes.length} bytes are too few for a header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(4, true) * 4294967296 + view.getUint32(0, true);
  if (length > LONGEST_HEADER) corrupt(`the header claims ${length} bytes; at most ${LONGEST_HEADER} are accepted`);
  if (length > bytes.length - 8) {
    corrupt(`the header claims ${length} bytes, but only ${bytes.length - 8} follow (truncated?)`);
  }
  if (bytes[8] !== 0x7b) corrupt("the header does not begin with {");
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return { text: decoder.decode(bytes.subarray(8, 8 + length)), dataBegin: 8 + length };
  } catch {
    return corrupt("the header is not UTF-8");
  }
}

function checkEntry({ name, dtype, shape, begin, end }: HeaderEntry, dataLength: number): void {
  const where = `tensor ${quoted(name)}`;
  if (!Object.hasOwn(ARRAYS, dtype)) {
    corrupt(`${where} has dtype ${quoted(dtype)}; accepted are ${Object.keys(ARRAYS).join(", ")}`);
  }
  if (begin > end) corrupt(`${where} ends (${end}) before it begins (${begin})`);
  if (end > dataLength) corrupt(`${where} ends at data byte ${end}, but the file has only ${dataLength} (truncated?)`);
  const elements = elementCount(shape);
  const needed = elements === undefined ? Infinity : elements * ARRAYS[dtype as TensorDtype].BYTES_PER_ELEMENT;
  if (needed !== end - begin) {
    const sizes = shape.length > 8 ? `${shape.slice(0, 8).join(", ")}, ...` : shape.join(", ");
    corrupt(`${where} of dtype ${dtype} and shape [${sizes}] needs ${needed} bytes, but spans ${end - begin}`);
  }
}

/** Every byte of the data section belongs to exactly one tensor. */
function checkCoverage(entries: readonly HeaderEntry[], dataLength: number): void {
  const inOrder = [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let covered = 0;
  for (const { name, begin, end } of inOrder) {
    const where = `tensor ${quoted(name)}`;
    if (begin < covered) corrupt(`${where} overlaps the one before it (begins at ${begin}, before ${covered})`);
    if (begin > covered) corrupt(`data bytes ${covered} to ${begin}, before ${where}, belong to no tensor`);
    covered = end;
  }
  if (covered < dataLength) corrupt(`the last ${dataLength - covered} bytes belong to no tensor`);
}

/** The number of elements of a shape, or undefined when it is not a number of elements that can be counted exactly. */
function elementCount(shape: readonly number[]): number | undefined {
  let count = 1;
  for (const size of shape) {
    count *= size;
    if (!Number.isSafeInteger(size) || size < 0 || !Number.isSafeInteger(count)) return undefined;
  }
  return count;
}

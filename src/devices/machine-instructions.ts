// The instruction set of the machine (assembly/machine.ts): its one table, from which both the encoder and the printer
// are made. An instruction is `opcode, operands...`, each an i32 word. Addresses are byte addresses in the instance's
// linear memory; strides are in bytes, any multiple of 4. Under a stride of 0 all copies of a batch share the operand.
import { invariant } from "../error.ts";

/** Operation numbers. The machine's `switch` and this table are the same list. */
export const Opcode = {
  call: 0,
  matmulNN: 1,
  matmulTN: 2,
  transpose: 3,
  gatherRows: 4,
  scatterAddRows: 5,
  takeAlong: 6,
  scatterAddAlong: 7,
  argmax: 8,
  linearScan: 9,
  randomBits: 10,
  together: 11,
} as const;

export type Operation = keyof typeof Opcode;

const matmulOperands = ["rows", "depth", "columns", "a", "aStride", "b", "bStride", "y", "yStride", "bias",
  "batch1", "aBatch1", "bBatch1", "yBatch1", "batch2", "aBatch2", "bBatch2", "yBatch2"] as const;

/** The operands of each operation, in the order of their words. What each computes stands beside its kernel. */
export const operandNames = {
  call: ["tableIndex"],
  matmulNN: matmulOperands,
  matmulTN: matmulOperands,
  transpose: ["rows", "columns", "a", "aStride", "y", "yStride",
    "batch1", "aBatch1", "yBatch1", "batch2", "aBatch2", "yBatch2"],
  gatherRows: ["count", "rowBytes", "rows", "x", "index", "y"],
  scatterAddRows: ["count", "width", "rows", "d", "index", "y"],
  takeAlong: ["outer", "size", "inner", "n", "x", "index", "y"],
  scatterAddAlong: ["outer", "size", "inner", "n", "d", "index", "y"],
  argmax: ["rows", "n", "x", "y"],
  linearScan: ["steps", "width", "reverse", "x", "a", "y"],
  randomBits: ["count", "salt", "state", "y"],
  /** The next `count` instructions, `bytes` apart, write to different elements: threads may share them. */
  together: ["count", "bytes"],
} as const satisfies Record<Operation, readonly string[]>;

/** Operands that may be left out: no bias, and a batch of one. */
const defaults = {
  bias: 0, batch1: 1, aBatch1: 0, bBatch1: 0, yBatch1: 0, batch2: 1, aBatch2: 0, bBatch2: 0, yBatch2: 0,
};

type Optional = keyof typeof defaults;
type NameOf<O extends Operation> = (typeof operandNames)[O][number];

/** The operands of operation `O` by name. */
export type Operands<O extends Operation> =
  & { readonly [Name in Exclude<NameOf<O>, Optional>]: number }
  & { readonly [Name in Extract<NameOf<O>, Optional>]?: number };

/**
 * A matmul of either kind: y[rows, columns] = a b + bias, contracted over `depth`; a is [depth, rows] in `matmulTN`.
 */
export type MatmulOperands = Operands<"matmulNN">;
export type MatmulOperation = "matmulNN" | "matmulTN";

/** Appends one instruction to `words`. */
export function pushInstruction<O extends Operation>(words: number[], operation: O, operands: Operands<O>): void {
  const given = operands as Readonly<Record<string, number | undefined>>;
  words.push(Opcode[operation]);
  for (const name of operandNames[operation]) {
    const value = given[name] ?? defaults[name as Optional];
    invariant(Number.isInteger(value), `operand ${name} of ${operation} is ${value}`);
    words.push(value! | 0);
  }
}

const operations = Object.keys(Opcode) as Operation[];

/** The number of words of an instruction, its opcode included. Throws `internal` for an unknown opcode. */
export function instructionLength(opcode: number): number {
  return 1 + operandNames[operationOf(opcode)].length;
}

/** One instruction as text, for the debug listing of a program: `matmulNN rows=64 depth=17 ...`. */
export function describeInstruction(words: ArrayLike<number>, position: number): string {
  const operation = operationOf(words[position]!);
  const operands = operandNames[operation].map((name, i) => `${name}=${words[position + 1 + i]! >>> 0}`);
  return [operation, ...operands].join(" ");
}

function operationOf(opcode: number): Operation {
  const operation = operations[opcode];
  invariant(operation !== undefined, `opcode ${opcode} is unknown`);
  return operation;
}

/** Instructions of one operation that write to different elements as one that threads share; a single one as it is. */
export function pushTogether(words: number[], instructions: readonly (readonly number[])[]): void {
  const [first] = instructions;
  if (instructions.length > 1) {
    pushInstruction(words, "together", { count: instructions.length, bytes: first!.length * 4 });
  }
  for (const instruction of instructions) words.push(...instruction);
}

/** About half a millisecond of multiply-adds on one core. */
export const defaultMatmulLimit = 10e6;
/** Cuts fall between whole tiles of the kernel, so that a cut costs nothing. */
export const tileRows = 8;
/** Rows that a piece should have: each reads the right side anew. */
const fewRows = 64;

/**
 * Cuts a matmul into several that compute disjoint parts of `y`, each of at most `limit` multiply-adds (or 8 rows,
 * where those are more): first by batch, then by output rows, and by columns where that would leave few rows. An
 * element's chain of additions is never cut: the result has the same bits.
 */
export function splitMatmul(
  operation: MatmulOperation, operands: MatmulOperands, limit = defaultMatmulLimit,
): MatmulOperands[] {
  const { rows, depth, columns, a, aStride, b, y, yStride, bias = 0, batch1 = 1, batch2 = 1 } = operands;
  const { aBatch1 = 0, bBatch1 = 0, yBatch1 = 0, aBatch2 = 0, bBatch2 = 0, yBatch2 = 0 } = operands;
  const one = rows * depth * columns;
  if (one * batch1 * batch2 <= limit) return [operands];
  if (batch1 > 1) {
    return pieces(batch1, Math.floor(limit / (one * batch2)), 1).flatMap(({ start, count }) => splitMatmul(operation, {
      ...operands, batch1: count, a: a + start * aBatch1, b: b + start * bBatch1, y: y + start * yBatch1,
    }, limit));
  }
  if (batch2 > 1) {
    return pieces(batch2, Math.floor(limit / one), 1).flatMap(({ start, count }) => splitMatmul(operation, {
      ...operands, batch2: count, a: a + start * aBatch2, b: b + start * bBatch2, y: y + start * yBatch2,
    }, limit));
  }
  if (rows >= fewRows && columns > fewRows && limit / (depth * columns) < fewRows) {
    const most = Math.floor(limit / (depth * Math.min(rows, 2 * fewRows)));
    return pieces(columns, most, tileRows).flatMap(({ start, count }) => {
      const offset = start * Float32Array.BYTES_PER_ELEMENT;
      return splitMatmul(operation, {
        ...operands, columns: count, b: b + offset, y: y + offset, bias: bias ? bias + offset : 0,
      }, limit);
    });
  }
  const aStep = operation === "matmulNN" ? aStride : Float32Array.BYTES_PER_ELEMENT;
  return pieces(rows, Math.floor(limit / (depth * columns)), tileRows).map(({ start, count }) => ({
    ...operands, rows: count, a: a + start * aStep, y: y + start * yStride,
  }));
}

/** Cuts 0..total into runs of at most `most`, rounded down to (but at least) a multiple of `unit`. */
export function pieces(total: number, most: number, unit: number): { start: number; count: number }[] {
  const size = Math.max(unit, Math.floor(most / unit) * unit);
  return Array.from({ length: Math.ceil(total / size) }, (_, i) => {
    const start = i * size;
    return { start, count: Math.min(size, total - start) };
  });
}

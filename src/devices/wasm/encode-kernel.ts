import type { IndexKernel, Kernel, MapKernel, MatmulKernel, View } from "../../program/program.ts";
import { sizeOf } from "../../tensor/shape.ts";
import {
  defaultMatmulLimit, pushInstruction, pushTogether, splitMatmul, type MatmulOperands, type Operands,
} from "../machine-instructions.ts";
import { cuts, multiplyAddsOfPiece, piecesFor } from "./cut-kernel.ts";
import type { AddressOf } from "./map-walk.ts";

const wordBytes = 4;

export interface EncodeContext {
  readonly addressOf: AddressOf;
  /** Where transposed right sides go, before they are multiplied. */
  readonly scratch: number;
  /** How many threads share large instructions. */
  readonly threads: number;
  /** The table index of a map's function. */
  mapIndex(kernel: MapKernel): number;
}

/**
 * The steps of one kernel, given as the pieces into which it was cut, each with its own words: most have one, a large
 * or transposed matmul several.
 */
export function encodeKernel(pieces: readonly Kernel[], context: EncodeContext): number[][] {
  const first = pieces[0]!;
  if (first.kind === "matmul") return encodeMatmul(first, context);
  const instructions = pieces.map((piece) => encodePiece(piece as MapKernel | IndexKernel, context));
  if (context.threads === 1) return instructions;
  const words: number[] = [];
  pushTogether(words, instructions);
  return [words];
}

function encodePiece(kernel: MapKernel | IndexKernel, context: EncodeContext): number[] {
  if (kernel.kind !== "map") return encodeIndexKernel(kernel, context.addressOf);
  const words: number[] = [];
  pushInstruction(words, "call", { tableIndex: context.mapIndex(kernel) });
  return words;
}

/** Bytes that the transposed right side of a matmul needs. */
export function scratchBytes(kernel: Kernel): number {
  if (kernel.kind !== "matmul" || !kernel.transposeB) return 0;
  return distinctElements(kernel.b) * wordBytes;
}

function encodeMatmul(kernel: MatmulKernel, { addressOf, scratch, threads }: EncodeContext): number[][] {
  const { m, k, n, a, b, y, bias, transposeA, transposeB } = kernel;
  const [a1, a2] = batchStrides(a);
  const [y1, y2] = batchStrides(y);
  let [b1, b2] = batchStrides(b);
  const [batch1 = 1, batch2 = 1] = y.shape.slice(0, -2);
  const instructions: number[][] = [];
  let rightAddress = addressOf(b);
  let rightStride = rowStride(b, n);
  if (transposeB) {
    const matrix = k * n * wordBytes;
    const [count1, count2] = [b1 === 0 ? 1 : batch1, b2 === 0 ? 1 : batch2];
    const [to1, to2] = [count2 * matrix, matrix];
    instructions.push(encodeTranspose({
      rows: n, columns: k, a: rightAddress, aStride: columnStride(b, k), y: scratch, yStride: n * wordBytes,
      batch1: count1, aBatch1: b1, yBatch1: to1, batch2: count2, aBatch2: b2, yBatch2: to2,
    }, threads));
    rightAddress = scratch;
    rightStride = n * wordBytes;
    [b1, b2] = [b1 === 0 ? 0 : to1, b2 === 0 ? 0 : to2];
  }
  const operands: MatmulOperands = {
    rows: m, depth: k, columns: n,
    a: addressOf(a), aStride: transposeA ? columnStride(a, m) : rowStride(a, k),
    b: rightAddress, bStride: rightStride,
    y: addressOf(y), yStride: n * wordBytes, bias: bias ? addressOf(bias) : 0,
    batch1, aBatch1: a1, bBatch1: b1, yBatch1: y1, batch2, aBatch2: a2, bBatch2: b2, yBatch2: y2,
  };
  const operation = transposeA ? "matmulTN" as const : "matmulNN" as const;
  // A step takes about as long whether threads share it or not.
  for (const step of splitMatmul(operation, operands, defaultMatmulLimit * threads)) {
    const words: number[] = [];
    pushTogether(words, splitMatmul(operation, step, multiplyAddsOfPiece(step, threads)).map((piece) => {
      const instruction: number[] = [];
      pushInstruction(instruction, operation, piece);
      return instruction;
    }));
    instructions.push(words);
  }
  return instructions;
}

/** Cut by rows of the result. An element costs as much as some ten multiply-adds. */
function encodeTranspose(operands: Operands<"transpose">, threads: number): number[] {
  const { rows, columns, a, y, yStride, batch1 = 1, batch2 = 1 } = operands;
  const count = piecesFor(10 * rows * columns * batch1 * batch2, threads);
  const words: number[] = [];
  pushTogether(words, cuts(columns, count, 4).map(({ start, count: length }) => {
    const instruction: number[] = [];
    pushInstruction(instruction, "transpose", {
      ...operands, columns: length, a: a + start * wordBytes, y: y + start * yStride,
    });
    return instruction;
  }));
  return words;
}

/** Bytes from row to row; a single row has none of its own. */
function rowStride({ shape, strides }: View, columns: number): number {
  return (shape[shape.length - 2] === 1 ? columns : strides[strides.length - 2]!) * wordBytes;
}

/** Bytes from column to column of a matrix that is stored by columns. */
function columnStride({ shape, strides }: View, rows: number): number {
  return (shape[shape.length - 1] === 1 ? rows : strides[strides.length - 1]!) * wordBytes;
}

function batchStrides({ strides }: View): [number, number] {
  const [first = 0, second = 0] = strides.slice(0, -2);
  return [first * wordBytes, second * wordBytes];
}

function distinctElements({ shape, strides }: View): number {
  return shape.reduce((product, size, axis) => product * (strides[axis] === 0 ? 1 : size), 1);
}

function encodeIndexKernel(kernel: IndexKernel, addressOf: AddressOf): number[] {
  const words: number[] = [];
  const y = addressOf(kernel.y);
  switch (kernel.kind) {
    case "gather-rows": {
      const count = sizeOf(kernel.index.shape);
      const rowBytes = (sizeOf(kernel.y.shape) / count) * wordBytes;
      pushInstruction(words, "gatherRows", {
        count, rowBytes, rows: kernel.x.shape[0]!, x: addressOf(kernel.x), index: addressOf(kernel.index), y,
      });
      return words;
    }
    case "scatter-add-rows": {
      const count = sizeOf(kernel.index.shape);
      const width = sizeOf(kernel.x.shape) / count;
      pushInstruction(words, "scatterAddRows", {
        count, width, rows: kernel.y.shape[0]!, d: addressOf(kernel.x), index: addressOf(kernel.index), y,
      });
      return words;
    }
    case "take-along": {
      const [outer, size, inner] = kernel.x.shape as [number, number, number];
      pushInstruction(words, "takeAlong", {
        outer, size, inner, n: kernel.index.shape[1]!, x: addressOf(kernel.x), index: addressOf(kernel.index), y,
      });
      return words;
    }
    case "scatter-add-along": {
      const [outer, size, inner] = kernel.y.shape as [number, number, number];
      pushInstruction(words, "scatterAddAlong", {
        outer, size, inner, n: kernel.index.shape[1]!, d: addressOf(kernel.x), index: addressOf(kernel.index), y,
      });
      return words;
    }
    case "argmax": {
      const n = kernel.x.shape[kernel.x.shape.length - 1]!;
      pushInstruction(words, "argmax", { rows: sizeOf(kernel.x.shape) / n, n, x: addressOf(kernel.x), y });
      return words;
    }
    case "linear-scan": {
      const steps = kernel.x.shape[0]!;
      const width = sizeOf(kernel.x.shape) / steps;
      pushInstruction(words, "linearScan", {
        steps, width, reverse: kernel.reverse ? 1 : 0, x: addressOf(kernel.x), a: addressOf(kernel.a), y,
      });
      return words;
    }
    case "random-bits":
      pushInstruction(words, "randomBits", {
        count: sizeOf(kernel.y.shape), salt: kernel.salt, state: addressOf(kernel.state), y,
      });
      return words;
  }
}

import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pushInstruction, splitMatmul } from "../../src/devices/machine-instructions.ts";
import type { MatmulOperands, MatmulOperation } from "../../src/devices/machine-instructions.ts";
import { createArena } from "./arena.ts";
import type { Arena } from "./arena.ts";

let arena: Arena;
beforeAll(async () => { arena = await createArena(); });
beforeEach(() => arena.clear());

interface Shape {
  rows: number;
  depth: number;
  columns: number;
  /** Floats between the end of a row and the next row, in a, b and y. */
  padding?: [number, number, number];
  bias?: boolean;
  batch1?: number;
  batch2?: number;
  /** The second operand is one matrix for all copies of the first, or of the second, batch. */
  shared1?: boolean;
  shared2?: boolean;
}

/** Places the operands of a matmul of this shape. */
function operandsOf(operation: MatmulOperation, shape: Shape): MatmulOperands {
  const { rows, depth, columns, padding = [0, 0, 0], bias = false, batch1 = 1, batch2 = 1 } = shape;
  const [aRows, aColumns] = operation === "matmulNN" ? [rows, depth] : [depth, rows];
  const aStride = 4 * (aColumns + padding[0]);
  const bStride = 4 * (columns + padding[1]), yStride = 4 * (columns + padding[2]);
  const aBatch2 = aRows * aStride, bBatch2 = shape.shared2 ? 0 : depth * bStride, yBatch2 = rows * yStride;
  const aBatch1 = batch2 * aBatch2, yBatch1 = batch2 * yBatch2;
  const bBatch1 = shape.shared1 ? 0 : batch2 * depth * bStride;
  return {
    rows, depth, columns, aStride, bStride, yStride,
    batch1, aBatch1, bBatch1, yBatch1, batch2, aBatch2, bBatch2, yBatch2,
    a: arena.place(arena.normal(batch1 * aBatch1 / 4)),
    b: arena.place(arena.normal(batch1 * batch2 * depth * bStride / 4)),
    bias: bias ? arena.place(arena.normal(columns)) : 0,
    y: arena.reserve(batch1 * yBatch1 / 4),
  };
}

function check(operation: MatmulOperation, shape: Shape): void {
  arena.clear();
  arena.check(operation, operandsOf(operation, shape));
}

const operations: MatmulOperation[] = ["matmulNN", "matmulTN"];
const small = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const large = [17, 33, 50, 63, 64, 65, 130];

describe.each(operations)("%s has the bits of one chain per element", (operation) => {
  test.each(small)("%i rows, every small depth and width", (rows) => {
    for (const depth of small) {
      for (const columns of small) check(operation, { rows, depth, columns, bias: depth % 2 === 0 });
    }
  });

  test.each(large)("%i rows, depth and width odd or whole", (rows) => {
    for (const depth of [1, 17, 64, 65]) {
      for (const columns of [1, 3, 6, 17, 64]) check(operation, { rows, depth, columns });
    }
  });

  test.each(large)("width %i", (columns) => {
    for (const rows of [1, 2, 3, 5, 9, 33]) {
      for (const depth of [3, 50, 63]) check(operation, { rows, depth, columns, bias: true });
    }
  });

  test.each([127, 128, 129, 130, 500, 2048])("depth %i", (depth) => {
    for (const rows of [1, 5, 8, 17]) {
      for (const columns of [1, 4, 9, 33]) check(operation, { rows, depth, columns, bias: columns === 9 });
    }
  });

  // From rows of 2 KB on, b is packed in panels of 8 columns and 256 rows.
  test.each([512, 515, 600])("b in panels: rows of %i floats", (stride) => {
    for (const rows of [31, 32, 37]) {
      for (const [depth, columns] of [[31, 16], [32, 8], [257, 21], [300, 7], [513, 12]] as const) {
        check(operation, { rows, depth, columns, padding: [0, stride - columns, 3], bias: columns === 21 });
      }
    }
  });

  test("no depth at all leaves the bias or zero", () => {
    for (const rows of [1, 9]) for (const columns of [1, 9, 40]) {
      check(operation, { rows, depth: 0, columns });
      check(operation, { rows, depth: 0, columns, bias: true });
    }
  });

  test("any shape, padding and batches", () => {
    const size = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 70 }));
    const padding = fc.integer({ min: 0, max: 3 });
    const shape = fc.record({
      rows: size, depth: fc.oneof(size, fc.integer({ min: 1, max: 200 })), columns: size,
      padding: fc.tuple(padding, padding, padding), bias: fc.boolean(),
      batch1: fc.integer({ min: 1, max: 3 }), batch2: fc.integer({ min: 1, max: 3 }),
      shared1: fc.boolean(), shared2: fc.boolean(),
    });
    fc.assert(fc.property(shape, (given) => check(operation, given)), { numRuns: 150, seed: 1 });
  });

  test("cut into pieces it leaves the same memory", () => {
    const upTo = (max: number) => fc.integer({ min: 1, max });
    const sides = fc.oneof(
      fc.record({ rows: upTo(60), columns: upTo(20) }), fc.record({ rows: upTo(140), columns: upTo(90) }),
    );
    const shape = fc.record({
      sides, depth: upTo(80),
      bias: fc.boolean(), batch1: upTo(3), batch2: upTo(4), shared1: fc.boolean(),
    });
    fc.assert(fc.property(shape, fc.integer({ min: 1, max: 60000 }), ({ sides, ...given }, limit) => {
      arena.clear();
      const operands = operandsOf(operation, { ...given, ...sides });
      const whole: number[] = [], cut: number[] = [];
      pushInstruction(whole, operation, operands);
      const expected = arena.run(whole);
      const parts = splitMatmul(operation, operands, limit);
      for (const part of parts) pushInstruction(cut, operation, part);
      // A whole run before must not hide an output that no piece writes.
      pushInstruction(whole, operation, { ...operands, depth: 0, bias: 0 });
      arena.run(whole);
      expect(arena.run(cut)).toEqual(expected);
    }), { numRuns: 60, seed: 2 });
  });
});

test("a product of zeros keeps the sign of the chain: 0 + -0 is 0, a bias of -0 stays", () => {
  const [a, b, minusZero] = [[-0, -0], [1, 1], [-0]].map((values) => arena.place(Float32Array.from(values)));
  for (const depth of [1, 2]) {
    for (const bias of [0, minusZero!]) {
      const y = arena.reserve(1);
      const shape = { rows: 1, depth, columns: 1, aStride: 8, bStride: 4, yStride: 4 };
      arena.check("matmulNN", { ...shape, a: a!, b: b!, y, bias });
    }
  }
});

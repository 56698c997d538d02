import { beforeAll, expect, test } from "vitest";
import {
  Opcode, describeInstruction, instructionLength, operandNames, pushInstruction, splitMatmul,
} from "../src/devices/machine-instructions.ts";
import type { Operation } from "../src/devices/machine-instructions.ts";
import { createInstance } from "../src/devices/wasm-instance.ts";
import type { WasmInstance } from "../src/devices/wasm-instance.ts";

let instance: WasmInstance;
let program: number, x: number, a: number, y: number;
const scan = () => ({ steps: 4, width: 1, reverse: 0, x, a, y });

beforeAll(async () => {
  instance = await createInstance();
  program = instance.allocate(4096);
  [x, a, y] = [instance.allocate(64), instance.allocate(64), instance.allocate(64)] as [number, number, number];
});

function write(words: number[]): number {
  instance.int32(program, words.length).set(words);
  return program + 4 * words.length;
}

test("every operation pushes as many words as its length says", () => {
  for (const operation of Object.keys(Opcode) as Operation[]) {
    const words: number[] = [];
    const operands = Object.fromEntries(operandNames[operation].map((name, i) => [name, i + 1]));
    pushInstruction(words, operation, operands as never);
    expect(words).toHaveLength(instructionLength(Opcode[operation]));
    expect(words[0]).toBe(Opcode[operation]);
    expect(describeInstruction(words, 0)).toMatch(new RegExp(`^${operation} `));
  }
  const internal = expect.objectContaining({ code: "internal" });
  expect(() => instructionLength(99)).toThrow(internal);
  expect(() => pushInstruction([], "call", { tableIndex: Number.NaN })).toThrow(internal);
});

test("runs instructions in order, and in slices with the same result", () => {
  const words: number[] = [];
  pushInstruction(words, "linearScan", scan());
  const cut = words.length;
  pushInstruction(words, "linearScan", { ...scan(), x: y, reverse: 1 });
  pushInstruction(words, "transpose", { rows: 4, columns: 1, a: y, aStride: 4, y: x, yStride: 16 });
  const run = (...ends: number[]) => {
    instance.float32(x, 4).set([1, 2, 3, 4]);
    instance.float32(a, 4).set([1, 1, 1, 1]);
    const end = write(words);
    let from = program;
    for (const to of [...ends, end]) {
      instance.exports.machine_run!(from, to);
      from = to;
    }
    return [...instance.float32(x, 4)];
  };
  expect(run()).toEqual([20, 19, 16, 10]);
  expect(run(program + 4 * cut)).toEqual([20, 19, 16, 10]);
});

test("repeats a program", () => {
  const words: number[] = [];
  pushInstruction(words, "linearScan", { ...scan(), y: x });
  instance.float32(x, 4).set([1, 0, 0, 0]);
  instance.float32(a, 4).set([1, 1, 1, 1]);
  instance.exports.machine_repeat!(program, write(words), 3);
  expect([...instance.float32(x, 4)]).toEqual([1, 3, 6, 10]);
});

test("calls a function that a later module put into the table", () => {
  const slot = instance.table.grow(1);
  const emitted = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    1, 4, 1, 0x60, 0, 0, // type () -> ()
    2, 7, 1, 0, 1, 0x6d, 2, 0, 1, // import "" "m" (memory 1)
    3, 2, 1, 0, // one function
    7, 5, 1, 1, 0x66, 0, 0, // export "f"
    10, 15, 1, 13, 0, 0x41, ...signedLeb(y), 0x41, 42, 0x36, 2, 0, 0x0b, // i32.store (y) 42
  )), { "": { m: instance.memory } });
  instance.table.set(slot, emitted.exports.f);
  const words: number[] = [];
  pushInstruction(words, "call", { tableIndex: slot });
  instance.exports.machine_run!(program, write(words));
  expect(instance.int32(y, 1)[0]).toBe(42);
});

/** Five bytes, so that the lengths around it stay fixed. */
function signedLeb(value: number): number[] {
  return [0, 7, 14, 21, 28].map((shift, i) => ((value >> shift) & 0x7f) | (i < 4 ? 0x80 : 0));
}

test("an unknown opcode traps", () => {
  expect(() => instance.exports.machine_run!(program, write([77]))).toThrow(WebAssembly.RuntimeError);
});

test("a matmul is cut by batch first, then by rows in whole tiles", () => {
  const operands = { rows: 100, depth: 10, columns: 10, a: 1000, aStride: 40, b: 0, bStride: 40, y: 5000, yStride: 40 };
  expect(splitMatmul("matmulNN", operands)).toEqual([operands]);
  const byRows = splitMatmul("matmulNN", operands, 3500);
  expect(byRows.map(({ rows }) => rows)).toEqual([32, 32, 32, 4]);
  expect(byRows.map(({ a: address }) => address)).toEqual([1000, 2280, 3560, 4840]);
  expect(splitMatmul("matmulTN", operands, 3500).map(({ a: address }) => address)).toEqual([1000, 1128, 1256, 1384]);
  const batched = splitMatmul("matmulNN", { ...operands, batch1: 3, aBatch1: 4000, yBatch1: 4000 }, 25_000);
  expect(batched.map(({ batch1, rows }) => [batch1, rows])).toEqual([[2, 100], [1, 100]]);
});

test("a matmul whose pieces would have few rows is cut by columns first: each piece reads the right side anew", () => {
  const operands = {
    rows: 200, depth: 1000, columns: 100, a: 1000, aStride: 4000, b: 8, bStride: 400, y: 5000, yStride: 400, bias: 16,
  };
  const pieces = splitMatmul("matmulNN", operands, 6e6);
  expect(pieces.map(({ rows, columns }) => [rows, columns])).toEqual([
    [144, 40], [56, 40], [144, 40], [56, 40], [200, 20],
  ]);
  expect(pieces.map(({ b, y, bias }) => [b, y, bias])).toEqual([
    [8, 5000, 16], [8, 5000 + 144 * 400, 16], [168, 5160, 176], [168, 5160 + 144 * 400, 176], [328, 5320, 336],
  ]);
  expect(splitMatmul("matmulNN", { ...operands, bias: 0 }, 6e6).map(({ bias }) => bias)).toEqual([0, 0, 0, 0, 0]);
});

// A stretch of linear memory for kernel tests. Tensors lie in it at odd offsets, with NaN between them: what a kernel
// reads beyond its operands must not reach a result, and what it writes beyond its output is seen.
import { expect } from "vitest";
import { pushInstruction } from "../../src/devices/machine-instructions.ts";
import type { Operands } from "../../src/devices/machine-instructions.ts";
import { createInstance } from "../../src/devices/wasm-instance.ts";
import * as reference from "./reference-machine.ts";

type Kernel = keyof typeof reference;

export interface Arena {
  /** Forgets everything placed so far and fills the memory with guard words. */
  clear(): void;
  /** Copies values in and returns their address. */
  place(values: Float32Array | Int32Array): number;
  /** Room for `length` elements; returns the address. */
  reserve(length: number): number;
  /** Runs instructions and returns the memory that they leave, from the arena's base on. */
  run(words: readonly number[]): Int32Array;
  /** Runs one instruction on the machine and on the reference, and compares every word of the memory. */
  check<K extends Kernel>(operation: K, operands: Operands<K>): void;
  /** `length` numbers in about -2..2, from a fixed sequence. */
  normal(length: number): Float32Array;
  /** `length` integers in low..high-1. */
  integers(length: number, low: number, high: number): Int32Array;
}

const capacity = 3 << 20;
const guardWord = 0x7fc0_51de; // a quiet NaN
const gapWords = 19;

export async function createArena(): Promise<Arena> {
  const instance = await createInstance();
  const program = instance.allocate(1 << 16);
  const base = instance.allocate(capacity);
  const words = instance.int32(base, capacity / 4);
  const programWords = instance.int32(program, 1 << 14);
  let top = 0;
  let state = 12345;

  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const reserve = (length: number) => {
    const start = top + gapWords + ((top * 7) & 3);
    top = start + length;
    if (top + gapWords > words.length) throw new RangeError("the test arena is full");
    return base + 4 * start;
  };
  const used = () => words.slice(0, top + gapWords);
  const run = (instructions: readonly number[]) => {
    programWords.set(instructions);
    instance.exports.machine_run!(program, program + 4 * instructions.length);
    return used();
  };

  return {
    reserve,
    run,
    clear() {
      words.fill(guardWord, 0, top + 2 * gapWords);
      top = 0;
    },
    place(values) {
      const address = reserve(values.length);
      words.set(new Int32Array(values.buffer, values.byteOffset, values.length), (address - base) / 4);
      return address;
    },
    check(operation, operands) {
      const expected = used();
      const referenceKernel = reference[operation] as (image: reference.MemoryImage, operands: unknown) => void;
      referenceKernel({ base, words: expected, floats: new Float32Array(expected.buffer) }, operands);
      const instruction: number[] = [];
      pushInstruction(instruction, operation, operands);
      const result = run(instruction);
      const wrong = result.findIndex((word, i) => word !== expected[i]);
      if (wrong >= 0) {
        const [got, wanted] = [result, expected].map((memory) => new Float32Array(memory.buffer)[wrong]);
        expect.fail(`${operation} ${JSON.stringify(operands)}: word at ${base + 4 * wrong} is ${got}, not ${wanted}`);
      }
    },
    normal: (length) => Float32Array.from({ length }, () => uniform() + uniform() + uniform() + uniform() - 2),
    integers: (length, low, high) => Int32Array.from({ length }, () => low + Math.floor(uniform() * (high - low))),
  };
}

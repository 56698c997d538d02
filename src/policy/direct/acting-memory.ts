import { BregmanError } from "../../error.ts";

/** The functions of assembly/acting.ts. Addresses, counts and words are numbers. */
export interface ActingKernels {
  dense(inputs: number, outputs: number, x: number, weight: number, bias: number, y: number): void;
  apply(kind: number, count: number, x: number): void;
  normal(count: number, first: number, second: number, y: number): void;
  random_words(
    key0: number, key1: number, draw: number, stream: number, salt: number, first: number, count: number, out: number,
  ): void;
}

const pageBytes = 65536;
/** Kernels work in whole vectors: each array begins at one, and has one to spare behind its end. */
const vectorFloats = 4;

/** An instance of the acting module with room for arrays, whose `byteOffset` is the address that kernels take. */
export class ActingMemory {
  readonly kernels: ActingKernels;
  readonly #buffer: ArrayBuffer;
  #top: number;

  /** Room for `arrays` arrays of `floats` elements together. Throws `out-of-memory` where the engine gives no more. */
  constructor(module: WebAssembly.Module, floats: number, arrays: number) {
    const { exports } = new WebAssembly.Instance(module);
    const memory = exports.memory as WebAssembly.Memory;
    this.kernels = exports as unknown as ActingKernels;
    this.#top = Math.ceil((exports.__heap_base as WebAssembly.Global).value as number / 16) * 16;
    const missing = this.#top + 4 * (floats + 2 * vectorFloats * arrays) - memory.buffer.byteLength;
    try {
      if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
    } catch {
      throw new BregmanError("out-of-memory", `${4 * floats} bytes are needed, and the engine has no more to give`);
    }
    this.#buffer = memory.buffer as ArrayBuffer;
  }

  /** `count` zeros. */
  array(count: number): Float32Array {
    const address = this.#top;
    this.#top += 4 * vectorFloats * (Math.ceil(count / vectorFloats) + 1);
    return new Float32Array(this.#buffer, address, count);
  }

  /** A copy of `values`. */
  place(values: Float32Array): Float32Array {
    const array = this.array(values.length);
    array.set(values);
    return array;
  }
}

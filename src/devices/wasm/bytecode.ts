// WebAssembly bytes by hand: just what maps need. Numbers are LEB128; a section is its id, its length, its contents.

/** Operation codes. SIMD ones follow the prefix 0xfd. */
export const Simd = {
  load: 0x00, load32Splat: 0x09, store: 0x0b, constant: 0x0c, shuffle: 0x0d, i32Splat: 0x11,
  i32Eq: 0x37, i32Lt: 0x39, i32Le: 0x3d, f32Eq: 0x41, f32Lt: 0x43, f32Le: 0x45,
  not: 0x4d, and: 0x4e, or: 0x50, xor: 0x51, bitselect: 0x52,
  load32Lane: 0x56, store32Lane: 0x5a, store64Lane: 0x5b, f32Floor: 0x68, f32Nearest: 0x6a,
  i32Abs: 0xa0, i32Neg: 0xa1, i32Shl: 0xab, i32ShrS: 0xac, i32ShrU: 0xad, i32Add: 0xae, i32Sub: 0xb1, i32Mul: 0xb5, i32Min: 0xb6, i32Max: 0xb8,
  f32Abs: 0xe0, f32Neg: 0xe1, f32Sqrt: 0xe3, f32Add: 0xe4, f32Sub: 0xe5, f32Mul: 0xe6, f32Div: 0xe7, f32Pmin: 0xea, f32Pmax: 0xeb,
  i32TruncSat: 0xf8, f32Convert: 0xfa,
} as const;

export const ValueType = { i32: 0x7f, v128: 0x7b } as const;

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest ? low | 0x80 : low);
  } while (rest);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && !(low & 0x40)) || (rest === -1 && low & 0x40);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

const floatBits = new Int32Array(1);
const floatValue = new Float32Array(floatBits.buffer);

/** The bits of a f32, so that a vector constant can be given as four words. */
export function bitsOf(value: number): number {
  floatValue[0] = value;
  return floatBits[0]!;
}

/** One function body, written in order. `local` makes a local, `get`/`set` use it; each method appends its instruction. */
export class FunctionWriter {
  readonly #code: number[] = [];
  readonly #locals: number[] = [];

  local(type: keyof typeof ValueType): number {
    return this.#locals.push(ValueType[type]) - 1;
  }

  get(local: number): this { return this.#op(0x20, unsigned(local)); }
  set(local: number): this { return this.#op(0x21, unsigned(local)); }
  i32(value: number): this { return this.#op(0x41, signed(value)); }
  addI32(): this { return this.#op(0x6a); }
  lessI32(): this { return this.#op(0x49); }
  simd(code: number): this { return this.#op(0xfd, unsigned(code)); }

  /** A memory instruction: the address on the stack plus `offset`. */
  memory(code: number, offset: number): this { return this.#op(0xfd, unsigned(code), [0], unsigned(offset)); }
  memoryLane(code: number, offset: number, lane: number): this { return this.#op(0xfd, unsigned(code), [0], unsigned(offset), [lane]); }

  words(values: readonly [number, number, number, number]): this {
    const bytes = values.flatMap((word) => [word & 255, (word >> 8) & 255, (word >> 16) & 255, (word >>> 24) & 255]);
    return this.#op(0xfd, unsigned(Simd.constant), bytes);
  }
  splatWord(word: number): this { return this.words([word, word, word, word]); }

  /** Reorders the 32-bit lanes of the vector in a local. */
  shuffle(local: number, lanes: readonly number[]): this {
    this.get(local).get(local);
    return this.#op(0xfd, unsigned(Simd.shuffle), lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte)));
  }

  /** do { body } while ((counter += step) < end), from 0. */
  loop(counter: number, end: number, step: number, body: () => void): this {
    this.i32(0).set(counter);
    this.#op(0x03, [0x40]);
    body();
    this.get(counter).i32(step).addI32();
    this.#op(0x22, unsigned(counter));
    return this.i32(end).lessI32().#op(0x0d, [0]).#op(0x0b);
  }

  bytes(): number[] {
    const runs: { count: number; type: number }[] = [];
    for (const type of this.#locals) {
      const last = runs[runs.length - 1];
      if (last?.type === type) last.count++;
      else runs.push({ count: 1, type });
    }
    const locals = [...unsigned(runs.length), ...runs.flatMap(({ count, type }) => [...unsigned(count), type])];
    const size = locals.length + this.#code.length + 1;
    return [...unsigned(size), ...locals, ...this.#code, 0x0b];
  }

  #op(code: number, ...rest: readonly number[][]): this {
    this.#code.push(code);
    for (const bytes of rest) for (const byte of bytes) this.#code.push(byte);
    return this;
  }
}

/** A module that imports `env.memory` and exports functions "0", "1", ... without parameters or results. */
export function moduleBytes(functions: readonly FunctionWriter[]): Uint8Array<ArrayBuffer> {
  const name = (text: string): number[] => [text.length, ...[...text].map((letter) => letter.charCodeAt(0))];
  const section = (id: number, items: readonly number[][]): number[] => {
    const count = unsigned(items.length);
    const length = items.reduce((sum, item) => sum + item.length, count.length);
    const bytes = [id, ...unsigned(length), ...count];
    for (const item of items) for (const byte of item) bytes.push(byte);
    return bytes;
  };
  const parts = [
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, [[0x60, 0, 0]]),
    section(2, [[...name("env"), ...name("memory"), 0x02, 0x00, 0x00]]),
    section(3, functions.map(() => [0])),
    section(7, functions.map((_, i) => [...name(String(i)), 0x00, ...unsigned(i)])),
    section(10, functions.map((each) => each.bytes())),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

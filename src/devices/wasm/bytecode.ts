import { memoryImport } from "./shared-module.ts";

// WebAssembly bytes by hand: just what maps need. Numbers are LEB128; a section is its id, its length, its contents.

/** Operation codes. SIMD ones follow the prefix 0xfd. */
export const Simd = {
  load: 0x00, load32Splat: 0x09, store: 0x0b, constant: 0x0c, shuffle: 0x0d, i32Splat: 0x11,
  i32Eq: 0x37, i32Lt: 0x39, i32Le: 0x3d, f32Eq: 0x41, f32Lt: 0x43, f32Le: 0x45,
  not: 0x4d, and: 0x4e, or: 0x50, xor: 0x51, bitselect: 0x52,
  load32Lane: 0x56, store32Lane: 0x5a, store64Lane: 0x5b, f32Floor: 0x68, f32Nearest: 0x6a,
  i32Abs: 0xa0, i32Neg: 0xa1, i32Shl: 0xab, i32ShrS: 0xac, i32ShrU: 0xad, i32Add: 0xae, i32Sub: 0xb1, i32Mul: 0xb5,
  i32Min: 0xb6, i32Max: 0xb8,
  f32Abs: 0xe0, f32Neg: 0xe1, f32Sqrt: 0xe3, f32Add: 0xe4, f32Sub: 0xe5, f32Mul: 0xe6, f32Div: 0xe7,
  f32Pmin: 0xea, f32Pmax: 0xeb,
  i32TruncSat: 0xf8, f32Convert: 0xfa,
} as const;

export const ValueType = { i32: 0x7f, v128: 0x7b } as const;

/** Bytes in order, in a buffer that grows. Code that runs once per program is never warm: it has to be plain. */
class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  get length(): number { return this.#length; }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  unsigned(value: number): void {
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  signed(value: number): void {
    let rest = value | 0;
    while (rest < -64 || rest > 63) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    this.byte(rest & 0x7f);
  }

  word(value: number): void {
    this.#reserve(4);
    const bytes = this.#bytes;
    const at = this.#length;
    bytes[at] = value;
    bytes[at + 1] = value >> 8;
    bytes[at + 2] = value >> 16;
    bytes[at + 3] = value >> 24;
    this.#length = at + 4;
  }

  text(value: string): void {
    this.unsigned(value.length);
    for (let i = 0; i < value.length; i++) this.byte(value.charCodeAt(i));
  }

  append(other: ByteWriter): void {
    this.#reserve(other.#length);
    this.#bytes.set(other.#bytes.subarray(0, other.#length), this.#length);
    this.#length += other.#length;
  }

  /** The bytes written so far; not a copy. */
  written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

const floatBits = new Int32Array(1);
const floatValue = new Float32Array(floatBits.buffer);

/** The bits of a f32, so that a vector constant can be given as four words. */
export function bitsOf(value: number): number {
  floatValue[0] = value;
  return floatBits[0]!;
}

/** One function body, written in order. `local` makes a local, `get` and `set` use it; each method appends its code. */
export class FunctionWriter {
  readonly #code = new ByteWriter();
  readonly #locals: number[] = [];

  local(type: keyof typeof ValueType): number {
    return this.#locals.push(ValueType[type]) - 1;
  }

  get(local: number): this {
    this.#code.byte(0x20);
    this.#code.unsigned(local);
    return this;
  }

  set(local: number): this {
    this.#code.byte(0x21);
    this.#code.unsigned(local);
    return this;
  }

  i32(value: number): this {
    this.#code.byte(0x41);
    this.#code.signed(value);
    return this;
  }

  addI32(): this {
    this.#code.byte(0x6a);
    return this;
  }

  simd(code: number): this {
    this.#code.byte(0xfd);
    this.#code.unsigned(code);
    return this;
  }

  /** A memory instruction: the address on the stack plus `offset`. */
  memory(code: number, offset: number): this {
    this.simd(code).#code.byte(0);
    this.#code.unsigned(offset);
    return this;
  }

  memoryLane(code: number, offset: number, lane: number): this {
    this.memory(code, offset).#code.byte(lane);
    return this;
  }

  words(first: number, second: number, third: number, fourth: number): this {
    const code = this.simd(Simd.constant).#code;
    code.word(first);
    code.word(second);
    code.word(third);
    code.word(fourth);
    return this;
  }

  splatWord(word: number): this {
    return this.words(word, word, word, word);
  }

  /** Reorders the 32-bit lanes of the vector in a local. */
  shuffle(local: number, lanes: readonly number[]): this {
    this.get(local).get(local).simd(Simd.shuffle);
    for (const lane of lanes) for (let byte = 0; byte < 4; byte++) this.#code.byte(lane * 4 + byte);
    return this;
  }

  /** do { body } while ((counter += step) < end), from 0. */
  loop(counter: number, end: number, step: number, body: () => void): this {
    this.i32(0).set(counter);
    this.#code.byte(0x03);
    this.#code.byte(0x40);
    body();
    this.get(counter).i32(step).addI32();
    this.#code.byte(0x22);
    this.#code.unsigned(counter);
    this.i32(end);
    this.#code.byte(0x49);   // i32.lt_u
    this.#code.byte(0x0d);   // br_if 0
    this.#code.byte(0);
    this.#code.byte(0x0b);
    return this;
  }

  /** Appends the body: its length, the runs of equal locals, the code. */
  writeTo(out: ByteWriter): void {
    const runs: { count: number; readonly type: number }[] = [];
    for (const type of this.#locals) {
      const last = runs[runs.length - 1];
      if (last?.type === type) last.count++;
      else runs.push({ count: 1, type });
    }
    const locals = new ByteWriter();
    locals.unsigned(runs.length);
    for (const { count, type } of runs) {
      locals.unsigned(count);
      locals.byte(type);
    }
    out.unsigned(locals.length + this.#code.length + 1);
    out.append(locals);
    out.append(this.#code);
    out.byte(0x0b);
  }
}

/**
 * A module that imports `env.memory`, perhaps a shared one, and exports functions "0", "1", ... without parameters or
 * results.
 */
export function moduleBytes(functions: readonly FunctionWriter[], isShared = false): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter();
  out.word(0x6d736100);   // "\0asm"
  out.word(1);
  const section = (id: number, count: number, item: (body: ByteWriter, i: number) => void): void => {
    const body = new ByteWriter();
    body.unsigned(count);
    for (let i = 0; i < count; i++) item(body, i);
    out.byte(id);
    out.unsigned(body.length);
    out.append(body);
  };
  section(1, 1, (body) => {
    for (const byte of [0x60, 0, 0]) body.byte(byte);
  });
  section(2, 1, (body) => {
    for (const byte of memoryImport(isShared)) body.byte(byte);
  });
  section(3, functions.length, (body) => body.byte(0));
  section(7, functions.length, (body, i) => {
    body.text(String(i));
    body.byte(0x00);
    body.unsigned(i);
  });
  section(10, functions.length, (body, i) => functions[i]!.writeTo(body));
  return out.written();
}

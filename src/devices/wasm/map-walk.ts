import type { View } from "../../program/program.ts";
import { type FunctionWriter, Simd } from "./bytecode.ts";

// How a map walks through memory: the loops over its axes, the pointers that they move, and the loads and stores of one
// vector.

const wordBytes = 4;
const longestUnroll = 4;

/** Where a view begins, in bytes. */
export type AddressOf = (view: View) => number;

/** How far, in elements, each axis moves a view, and the local that holds the byte offset at that axis. */
interface Pattern {
  readonly strides: readonly number[];
  readonly pointers: readonly (number | undefined)[];
}

/** Lanes along the last axis: which vector of an unrolled row (0 in a loop), and how many of its lanes exist. */
export interface Lanes {
  readonly index: number;
  readonly count: number;
}

/** Writes into `out` what moves through the elements of a map's domain. */
export class MapWalk {
  /** The innermost axis, along which a vector lies. */
  readonly last: number;
  /** Vectors in a row, the last one perhaps in part. */
  readonly vectors: number;
  readonly unrolled: boolean;
  /** Counters of the outer axes and, in a loop, of the last one; in elements. */
  readonly counters: readonly number[];
  readonly #out: FunctionWriter;
  readonly #domain: readonly number[];
  readonly #addressOf: AddressOf;
  readonly #backwards: number | undefined;
  readonly #patterns: Pattern[] = [];
  readonly #patternOf = new Map<readonly number[], Pattern>();
  #scratch: number | undefined;

  /**
   * `strides`: of everything that is loaded or stored, over the whole domain. Later calls name these very arrays.
   * `backwards`: an outer axis that is walked from its end.
   */
  constructor(
    out: FunctionWriter, domain: readonly number[], addressOf: AddressOf, strides: readonly (readonly number[])[],
    backwards?: number,
  ) {
    this.#backwards = backwards;
    this.#out = out;
    this.#domain = domain;
    this.#addressOf = addressOf;
    this.last = domain.length - 1;
    this.vectors = Math.ceil(domain[this.last]! / 4);
    this.unrolled = this.vectors <= longestUnroll;
    this.counters = domain.map(() => out.local("i32"));
    for (const each of strides) this.#findPattern(each);
  }

  /** A local for a vector that is used at once. */
  get scratch(): number {
    return (this.#scratch ??= this.#out.local("v128"));
  }

  /** The lanes of a vector of an unrolled row. */
  lanesOf(index: number): Lanes {
    return { index, count: Math.min(4, this.#domain[this.last]! - index * 4) };
  }

  // ---- loops --------------------------------------------------------------------------------------------------------

  /** Views with the same strides share their pointers. */
  #findPattern(strides: readonly number[]): void {
    let pattern = this.#patterns.find((known) => known.strides.every((stride, axis) => stride === strides[axis]));
    if (!pattern) {
      pattern = { strides, pointers: strides.map((stride) => (stride === 0 ? undefined : this.#out.local("i32"))) };
      this.#patterns.push(pattern);
    }
    this.#patternOf.set(strides, pattern);
  }

  loopOver(axis: number, body: () => void): void {
    this.#enter(axis);
    this.#out.loop(this.counters[axis]!, this.#domain[axis]!, 1, () => {
      body();
      this.#advance(axis, axis === this.#backwards ? -1 : 1);
    });
  }

  /** Pointers of an axis begin where those of the axes outside stand. */
  #enter(axis: number): void {
    for (const { strides, pointers } of this.#patterns) {
      const local = pointers[axis];
      if (local === undefined) continue;
      this.#pushPointer(pointers, axis - 1);
      if (axis === this.#backwards) {
        this.#out.i32((this.#domain[axis]! - 1) * strides[axis]! * wordBytes).addI32();
      }
      this.#out.set(local);
    }
  }

  #advance(axis: number, elements: number): void {
    for (const { strides, pointers } of this.#patterns) {
      const local = pointers[axis];
      if (local === undefined) continue;
      this.#out.get(local).i32(strides[axis]! * elements * wordBytes).addI32().set(local);
    }
  }

  /** Pushes the byte offset of a pattern as the axes up to `axis` have moved it. */
  #pushPointer(pointers: readonly (number | undefined)[], axis: number): void {
    for (let at = axis; at >= 0; at--) {
      const local = pointers[at];
      if (local !== undefined) {
        this.#out.get(local);
        return;
      }
    }
    this.#out.i32(0);
  }

  /** The last axis: unrolled, or a loop over whole vectors and a rest. */
  row(vector: (lanes: Lanes) => void): void {
    const length = this.#domain[this.last]!;
    const rest = length % 4;
    if (this.unrolled) {
      for (let index = 0; index < this.vectors; index++) vector(this.lanesOf(index));
      return;
    }
    this.#enter(this.last);
    this.#out.loop(this.counters[this.last]!, length - rest, 4, () => {
      vector({ index: 0, count: 4 });
      this.#advance(this.last, 4);
    });
    if (rest > 0) vector({ index: 0, count: rest });
  }

  /** Pushes the address of a view's current vector and returns the constant part of it. */
  #address(view: View, strides: readonly number[], { index }: Lanes): number {
    this.#pushPointer(this.#patternOf.get(strides)!.pointers, this.unrolled ? this.last - 1 : this.last);
    return this.#addressOf(view) + index * 4 * strides[this.last]! * wordBytes;
  }

  // ---- loads and stores ---------------------------------------------------------------------------------------------

  /** Pushes a vector of a view; lanes past the end hold whatever lies there, or 0. */
  load(view: View, lanes: Lanes): void {
    const stride = view.strides[this.last]!;
    if (stride === 0 || stride === 1) {
      const offset = this.#address(view, view.strides, lanes);
      this.#out.memory(stride === 0 ? Simd.load32Splat : Simd.load, offset);
      return;
    }
    this.#out.splatWord(0);
    const { scratch } = this;
    for (let lane = 0; lane < lanes.count; lane++) {
      this.#out.set(scratch);
      const offset = this.#address(view, view.strides, lanes);
      this.#out.get(scratch).memoryLane(Simd.load32Lane, offset + lane * stride * wordBytes, lane);
    }
  }

  /** Pushes the elements that lie side by side at a vector of a reduction's result. */
  loadKept(view: View, strides: readonly number[], lanes: Lanes): void {
    const offset = this.#address(view, strides, lanes);
    this.#out.memory(Simd.load, offset);
  }

  /** Stores exactly the lanes that exist. */
  store(view: View, strides: readonly number[], local: number, lanes: Lanes): void {
    const stride = strides[this.last]!;
    if (stride === 1 && lanes.count === 4) {
      const offset = this.#address(view, strides, lanes);
      this.#out.get(local).memory(Simd.store, offset);
      return;
    }
    let lane = 0;
    if (stride === 1 && lanes.count >= 2) {
      const offset = this.#address(view, strides, lanes);
      this.#out.get(local).memoryLane(Simd.store64Lane, offset, 0);
      lane = 2;
    }
    for (; lane < lanes.count; lane++) {
      const offset = this.#address(view, strides, lanes);
      this.#out.get(local).memoryLane(Simd.store32Lane, offset + lane * stride * wordBytes, lane);
    }
  }

  /** Stores one element, at the offset that the axes up to `axis` have reached. */
  storeFirst(view: View, strides: readonly number[], local: number, axis: number): void {
    this.#pushPointer(this.#patternOf.get(strides)!.pointers, axis);
    this.#out.get(local).memoryLane(Simd.store32Lane, this.#addressOf(view), 0);
  }

  /** Sets every element of a compact view to one word. */
  fill(view: View, word: number): void {
    const size = view.shape.reduce((product, length) => product * length, 1);
    const address = this.#addressOf(view);
    const [counter, value] = [this.#out.local("i32"), this.#out.local("v128")];
    this.#out.splatWord(word).set(value);
    const whole = size - (size % 4);
    if (whole > 0) {
      this.#out.loop(counter, whole * wordBytes, 16, () => {
        this.#out.get(counter).get(value).memory(Simd.store, address);
      });
    }
    for (let i = whole; i < size; i++) {
      this.#out.i32(0).get(value).memoryLane(Simd.store32Lane, address + i * wordBytes, 0);
    }
  }
}

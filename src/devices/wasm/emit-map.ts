import { invariant } from "../../error.ts";
import type { Instruction, MapKernel, Reduction, View } from "../../program/program.ts";
import { bitsOf, FunctionWriter, Simd } from "./bytecode.ts";

// A map as a WASM function: loops over the outer axes, four lanes along the last one. Addresses and shapes are in the code.
// Short last axes (up to four vectors) are unrolled, and what does not change between rows is then loaded once.

const wordBytes = 4;
const longestUnroll = 4;

/** Where a view begins, in bytes. */
export type AddressOf = (view: View) => number;

export function emitMap(map: MapKernel, addressOf: AddressOf): FunctionWriter {
  const writer = new MapWriter(map, addressOf);
  writer.level(-1);
  return writer.out;
}

/** How far, in elements, each axis moves a view, and the local that holds the byte offset at that axis. */
interface Pattern {
  readonly strides: readonly number[];
  readonly pointers: readonly (number | undefined)[];
}

/** A vector of lanes along the last axis: which vector of an unrolled row (0 in a loop), and how many of its lanes exist. */
interface Lanes {
  readonly index: number;
  readonly count: number;
}

class MapWriter {
  readonly out = new FunctionWriter();
  readonly #map: MapKernel;
  readonly #addressOf: AddressOf;
  readonly #last: number;
  readonly #vectors: number;
  readonly #unrolled: boolean;
  /** Counters of the outer axes and, in a loop, of the last one; in elements. */
  readonly #counters: number[];
  readonly #patterns: Pattern[] = [];
  readonly #patternOf = new Map<readonly number[], Pattern>();
  /** Of each reduction's result, the strides over the whole domain. */
  readonly #kept: readonly (readonly number[])[];
  readonly #loaded: number[][];
  readonly #values: number[];
  readonly #accumulators: number[][];

  constructor(map: MapKernel, addressOf: AddressOf) {
    this.#map = map;
    this.#addressOf = addressOf;
    this.#last = map.domain.length - 1;
    this.#vectors = Math.ceil(map.domain[this.#last]! / 4);
    this.#unrolled = this.#vectors <= longestUnroll;
    this.#counters = map.domain.map(() => this.out.local("i32"));
    this.#kept = map.reductions.map((reduction) => storeStrides(reduction, map.domain.length));
    for (const { strides } of map.loads) this.#findPattern(strides);
    for (const { view } of map.stores) this.#findPattern(view.strides);
    for (const strides of this.#kept) this.#findPattern(strides);
    this.#loaded = map.loads.map(({ strides }) => {
      const copies = this.#unrolled && strides[this.#last] !== 0 ? this.#vectors : 1;
      return Array.from({ length: copies }, () => this.out.local("v128"));
    });
    this.#values = map.instructions.map(({ op }) => (op === "load" || op === "constant" ? -1 : this.out.local("v128")));
    this.#accumulators = map.reductions.map((reduction) => {
      const inMemory = !this.#isTrailing(reduction) && !this.#inLocals(reduction);
      return Array.from({ length: inMemory ? 0 : this.#isTrailing(reduction) ? 1 : this.#vectors }, () => this.out.local("v128"));
    });
  }

  /** The body of the loop over `axis` (-1: the function): what is fixed inside it, the loops within, the sums that end with it. */
  level(axis: number): void {
    this.#map.loads.forEach((view, i) => {
      if (this.#hoistLevel(view) === axis && axis < this.#last) this.#loadHoisted(view, this.#loaded[i]!);
    });
    this.#map.reductions.forEach((reduction, i) => {
      if (this.#startLevel(reduction) === axis) this.#start(reduction, this.#accumulators[i]!);
    });
    if (axis + 1 < this.#last) this.#loopOver(axis + 1, () => this.level(axis + 1));
    else this.#row();
    this.#map.reductions.forEach((reduction, i) => {
      if (this.#startLevel(reduction) === axis) this.#finish(reduction, this.#accumulators[i]!);
    });
  }

  // ---- loops and addresses -------------------------------------------------------------------------------------------

  /** Views with the same strides share their pointers. */
  #findPattern(strides: readonly number[]): void {
    let pattern = this.#patterns.find((known) => known.strides.every((stride, axis) => stride === strides[axis]));
    if (!pattern) {
      pattern = { strides, pointers: strides.map((stride) => (stride === 0 ? undefined : this.out.local("i32"))) };
      this.#patterns.push(pattern);
    }
    this.#patternOf.set(strides, pattern);
  }

  #loopOver(axis: number, body: () => void): void {
    this.#enter(axis);
    this.out.loop(this.#counters[axis]!, this.#map.domain[axis]!, 1, () => {
      body();
      this.#advance(axis, 1);
    });
  }

  /** Pointers of an axis begin where those of the axes outside stand. */
  #enter(axis: number): void {
    for (const { pointers } of this.#patterns) {
      const local = pointers[axis];
      if (local === undefined) continue;
      this.#pushPointer(pointers, axis - 1);
      this.out.set(local);
    }
  }

  #advance(axis: number, elements: number): void {
    for (const { strides, pointers } of this.#patterns) {
      const local = pointers[axis];
      if (local === undefined) continue;
      this.out.get(local).i32(strides[axis]! * elements * wordBytes).addI32().set(local);
    }
  }

  /** Pushes the byte offset of a pattern as the axes up to `axis` have moved it. */
  #pushPointer(pointers: readonly (number | undefined)[], axis: number): void {
    for (let at = axis; at >= 0; at--) {
      const local = pointers[at];
      if (local !== undefined) {
        this.out.get(local);
        return;
      }
    }
    this.out.i32(0);
  }

  /** The last axis: unrolled, or a loop over whole vectors and a rest. */
  #row(): void {
    const length = this.#map.domain[this.#last]!;
    const rest = length % 4;
    if (this.#unrolled) {
      for (let index = 0; index < this.#vectors; index++) this.#vector({ index, count: Math.min(4, length - index * 4) });
      return;
    }
    this.#enter(this.#last);
    this.out.loop(this.#counters[this.#last]!, length - rest, 4, () => {
      this.#vector({ index: 0, count: 4 });
      this.#advance(this.#last, 4);
    });
    if (rest > 0) this.#vector({ index: 0, count: rest });
  }

  /** Pushes the address of a view's current vector and returns the constant part of it. */
  #address(view: View, strides: readonly number[], { index }: Lanes): number {
    this.#pushPointer(this.#patternOf.get(strides)!.pointers, this.#unrolled ? this.#last - 1 : this.#last);
    return this.#addressOf(view) + index * 4 * strides[this.#last]! * wordBytes;
  }

  // ---- loads and stores ------------------------------------------------------------------------------------------------

  /** The innermost axis that moves a load (-1: none). Along an unrolled last axis a load counts as fixed. */
  #hoistLevel({ strides }: View): number {
    const end = this.#unrolled ? this.#last - 1 : this.#last;
    for (let axis = end; axis >= 0; axis--) if (strides[axis] !== 0) return axis;
    return -1;
  }

  #loadHoisted(view: View, locals: readonly number[]): void {
    const length = this.#map.domain[this.#last]!;
    locals.forEach((local, index) => {
      this.#load(view, { index, count: Math.min(4, length - index * 4) });
      this.out.set(local);
    });
  }

  #load(view: View, lanes: Lanes): void {
    const stride = view.strides[this.#last]!;
    if (stride === 0 || stride === 1) {
      const offset = this.#address(view, view.strides, lanes);
      this.out.memory(stride === 0 ? Simd.load32Splat : Simd.load, offset);
      return;
    }
    this.out.splatWord(0);
    const scratch = this.#scratch();
    for (let lane = 0; lane < lanes.count; lane++) {
      this.out.set(scratch);
      const offset = this.#address(view, view.strides, lanes);
      this.out.get(scratch).memoryLane(Simd.load32Lane, offset + lane * stride * wordBytes, lane);
    }
  }

  #scratchLocal: number | undefined;
  #scratch(): number {
    return (this.#scratchLocal ??= this.out.local("v128"));
  }

  /** Stores exactly the lanes that exist. */
  #store(view: View, strides: readonly number[], local: number, lanes: Lanes): void {
    const stride = strides[this.#last]!;
    if (stride === 1 && lanes.count === 4) {
      const offset = this.#address(view, strides, lanes);
      this.out.get(local).memory(Simd.store, offset);
      return;
    }
    let lane = 0;
    if (stride === 1 && lanes.count >= 2) {
      const offset = this.#address(view, strides, lanes);
      this.out.get(local).memoryLane(Simd.store64Lane, offset, 0);
      lane = 2;
    }
    for (; lane < lanes.count; lane++) {
      const offset = this.#address(view, strides, lanes);
      this.out.get(local).memoryLane(Simd.store32Lane, offset + lane * stride * wordBytes, lane);
    }
  }

  // ---- one vector ----------------------------------------------------------------------------------------------------------

  #vector(lanes: Lanes): void {
    this.#map.loads.forEach((view, i) => {
      if (this.#hoistLevel(view) < this.#last) return;
      this.#load(view, lanes);
      this.out.set(this.#loaded[i]![0]!);
    });
    this.#map.instructions.forEach((instruction, i) => {
      if (this.#values[i] === -1) return;
      this.#compute(instruction, lanes);
      this.out.set(this.#values[i]!);
    });
    for (const { value, view } of this.#map.stores) this.#store(view, view.strides, this.#valueLocal(value, lanes), lanes);
    this.#map.reductions.forEach((reduction, i) => this.#accumulate(reduction, this.#accumulators[i]!, lanes));
  }

  #push(value: number, lanes: Lanes): void {
    const { op, dtype, immediate } = this.#map.instructions[value]!;
    if (op === "constant") this.out.splatWord(dtype === "f32" ? bitsOf(immediate) : immediate);
    else if (op === "load") this.out.get(this.#loadLocal(immediate, lanes));
    else this.out.get(this.#values[value]!);
  }

  #loadLocal(load: number, { index }: Lanes): number {
    const locals = this.#loaded[load]!;
    return locals.length > 1 ? locals[index]! : locals[0]!;
  }

  #valueLocal(value: number, lanes: Lanes): number {
    const { op, immediate } = this.#map.instructions[value]!;
    if (op === "load") return this.#loadLocal(immediate, lanes);
    if (op !== "constant") return this.#values[value]!;
    this.#push(value, lanes);
    this.out.set(this.#scratch());
    return this.#scratch();
  }

  #compute({ op, args, dtype, immediate }: Instruction, lanes: Lanes): void {
    const { out } = this;
    const [a, b, c] = args as [number, number, number];
    const operand = this.#map.instructions[a]?.dtype;
    switch (op) {
      case "index":
        this.#pushIndex(immediate, lanes);
        return;
      case "select":
        this.#push(b, lanes);
        this.#push(c, lanes);
        this.#push(a, lanes);
        out.simd(Simd.bitselect);
        return;
      case "mask-to-f32":
      case "mask-to-i32":
        this.#push(a, lanes);
        out.splatWord(op === "mask-to-f32" ? bitsOf(1) : 1).simd(Simd.and);
        return;
      case "bitcast-f32":
      case "bitcast-i32":
        this.#push(a, lanes);
        return;
      case "round-to-i32":   // adding 1.5 * 2^23 leaves the rounded integer in the low bits
        this.#push(a, lanes);
        out.splatWord(0x4b400000).simd(Simd.f32Add).splatWord(0x4b400000).simd(Simd.i32Sub);
        return;
      case "shift-left":
      case "shift-right":
      case "shift-right-unsigned":
        this.#push(a, lanes);
        out.i32(immediate).simd(op === "shift-left" ? Simd.i32Shl : op === "shift-right" ? Simd.i32ShrS : Simd.i32ShrU);
        return;
      default:
        for (const each of args) this.#push(each, lanes);
        out.simd(codeOf(op, op === "lt" || op === "le" || op === "eq" ? operand! : dtype));
    }
  }

  #pushIndex(axis: number, { index }: Lanes): void {
    const { out } = this;
    if (axis !== this.#last) {
      out.get(this.#counters[axis]!).simd(Simd.i32Splat);
    } else if (this.#unrolled) {
      out.words(index * 4, index * 4 + 1, index * 4 + 2, index * 4 + 3);
    } else {
      out.get(this.#counters[axis]!).simd(Simd.i32Splat).words(0, 1, 2, 3).simd(Simd.i32Add);
    }
  }

  // ---- reductions ------------------------------------------------------------------------------------------------------------

  /** Over the last axis (and perhaps more): four partial results in one register. Else: one result a column. */
  #isTrailing({ to }: Reduction): boolean {
    return to === this.#map.domain.length;
  }

  /** Columns that fit in registers, because the row is unrolled and is all that is kept. */
  #inLocals({ to }: Reduction): boolean {
    return this.#unrolled && to === this.#last;
  }

  #startLevel(reduction: Reduction): number {
    return this.#isTrailing(reduction) ? reduction.from - 1 : -1;
  }

  #start(reduction: Reduction, accumulators: readonly number[]): void {
    const word = bitsOf(identityOf(reduction));
    for (const local of accumulators) this.out.splatWord(word).set(local);
    if (accumulators.length === 0) this.#fill(reduction, word);
  }

  /** Columns in memory begin at the neutral element. */
  #fill({ store }: Reduction, word: number): void {
    const size = store.shape.reduce((product, length) => product * length, 1);
    const address = this.#addressOf(store);
    const [counter, value] = [this.out.local("i32"), this.out.local("v128")];
    this.out.splatWord(word).set(value);
    const whole = size - (size % 4);
    if (whole > 0) this.out.loop(counter, whole * wordBytes, 16, () => this.out.get(counter).get(value).memory(Simd.store, address));
    for (let i = whole; i < size; i++) this.out.i32(0).get(value).memoryLane(Simd.store32Lane, address + i * wordBytes, 0);
  }

  #accumulate(reduction: Reduction, accumulators: readonly number[], lanes: Lanes): void {
    const { kind, value, store } = reduction;
    const combine = combineCode(kind);
    if (accumulators.length > 0) {
      const local = accumulators.length > 1 ? accumulators[lanes.index]! : accumulators[0]!;
      this.out.get(local);
      if (this.#isTrailing(reduction)) this.#pushMasked(value, lanes, identityOf(reduction));
      else this.#push(value, lanes);
      this.out.simd(combine).set(local);
      return;
    }
    const strides = this.#kept[this.#map.reductions.indexOf(reduction)]!;
    const scratch = this.#scratch();
    const offset = this.#address(store, strides, lanes);
    this.out.memory(Simd.load, offset);
    this.#push(value, lanes);
    this.out.simd(combine).set(scratch);
    this.#store(store, strides, scratch, lanes);
  }

  /** The value, with the neutral element in lanes past the end of the row. */
  #pushMasked(value: number, lanes: Lanes, identity: number): void {
    this.#push(value, lanes);
    if (lanes.count === 4) return;
    const mask = (lane: number): number => (lane < lanes.count ? -1 : 0);
    this.out.splatWord(bitsOf(identity)).words(mask(0), mask(1), mask(2), mask(3)).simd(Simd.bitselect);
  }

  /** Trailing: folds (p0 + p1) + (p2 + p3) and stores one element. Columns in registers: stores them. */
  #finish(reduction: Reduction, accumulators: readonly number[]): void {
    const { kind, from, store } = reduction;
    const strides = this.#kept[this.#map.reductions.indexOf(reduction)]!;
    const length = this.#map.domain[this.#last]!;
    if (!this.#isTrailing(reduction)) {
      accumulators.forEach((local, index) => this.#store(store, strides, local, { index, count: Math.min(4, length - index * 4) }));
      return;
    }
    const local = accumulators[0]!;
    for (const lanes of [[1, 0, 3, 2], [2, 3, 0, 1]]) {
      this.out.get(local).shuffle(local, lanes).simd(combineCode(kind)).set(local);
    }
    this.#pushPointer(this.#patternOf.get(strides)!.pointers, from - 1);
    this.out.get(local).memoryLane(Simd.store32Lane, this.#addressOf(store), 0);
  }
}

/** Strides of a reduction's result over the whole domain: 0 along reduced axes. */
function storeStrides({ from, to, store }: Reduction, rank: number): number[] {
  return Array.from({ length: rank }, (_, axis) =>
    (axis >= from && axis < to ? 0 : store.strides[axis < from ? axis : axis - to]!));
}

function identityOf({ kind }: Reduction): number {
  return kind === "sum" ? 0 : kind === "max" ? -Infinity : Infinity;
}

function combineCode(kind: Reduction["kind"]): number {
  return kind === "sum" ? Simd.f32Add : kind === "max" ? Simd.f32Pmax : Simd.f32Pmin;
}

const floatCodes: Readonly<Record<string, number>> = {
  add: Simd.f32Add, sub: Simd.f32Sub, mul: Simd.f32Mul, div: Simd.f32Div, neg: Simd.f32Neg, abs: Simd.f32Abs, sqrt: Simd.f32Sqrt,
  floor: Simd.f32Floor, round: Simd.f32Nearest, min: Simd.f32Pmin, max: Simd.f32Pmax, lt: Simd.f32Lt, le: Simd.f32Le, eq: Simd.f32Eq,
  "to-f32": Simd.f32Convert,
};

const integerCodes: Readonly<Record<string, number>> = {
  add: Simd.i32Add, sub: Simd.i32Sub, mul: Simd.i32Mul, neg: Simd.i32Neg, abs: Simd.i32Abs, min: Simd.i32Min, max: Simd.i32Max,
  lt: Simd.i32Lt, le: Simd.i32Le, eq: Simd.i32Eq, "to-i32": Simd.i32TruncSat,
  "bit-and": Simd.and, "bit-or": Simd.or, "bit-xor": Simd.xor,
};

const maskCodes: Readonly<Record<string, number>> = { and: Simd.and, or: Simd.or, not: Simd.not, eq: Simd.i32Eq };

function codeOf(op: Instruction["op"], dtype: "f32" | "i32" | "bool"): number {
  const code = (dtype === "f32" ? floatCodes : dtype === "i32" ? integerCodes : maskCodes)[op];
  invariant(code !== undefined, `no vector instruction for ${op} on ${dtype}`);
  return code;
}

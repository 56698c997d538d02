import type { Instruction, MapKernel, Reduction, View } from "../../program/program.ts";
import { bitsOf, FunctionWriter, Simd } from "./bytecode.ts";
import { type AddressOf, type Lanes, MapWalk } from "./map-walk.ts";
import { codeOf, combineCode, identityOf } from "./vector-codes.ts";

// A map as a WASM function: loops over the outer axes, four lanes along the last one. Addresses and shapes are in the
// code. Short last axes (up to four vectors) are unrolled, and what does not change between rows is then loaded once.

export function emitMap(map: MapKernel, addressOf: AddressOf): FunctionWriter {
  const writer = new MapWriter(map, addressOf);
  writer.level(-1);
  return writer.out;
}

class MapWriter {
  readonly out = new FunctionWriter();
  readonly #map: MapKernel;
  readonly #walk: MapWalk;
  /** Of each reduction's result, the strides over the whole domain. */
  readonly #kept: readonly (readonly number[])[];
  readonly #loaded: number[][];
  readonly #values: number[];
  readonly #accumulators: number[][];
  /** The running value of a scan, a local for each vector of the row. */
  readonly #carried: readonly number[];

  constructor(map: MapKernel, addressOf: AddressOf) {
    this.#map = map;
    this.#kept = map.reductions.map((reduction) => storeStrides(reduction, map.domain.length));
    const loaded = map.loads.map(({ strides }) => strides);
    const stored = map.stores.map(({ view }) => view.strides);
    const walk = new MapWalk(this.out, map.domain, addressOf, [...loaded, ...stored, ...this.#kept],
      map.running?.reverse ? 1 : undefined);
    this.#walk = walk;
    this.#loaded = map.loads.map(({ strides }) => {
      const copies = walk.unrolled && strides[walk.last] !== 0 ? walk.vectors : 1;
      return Array.from({ length: copies }, () => this.out.local("v128"));
    });
    this.#values = map.instructions.map(({ op }) =>
      (op === "load" || op === "constant" || op === "carried" ? -1 : this.out.local("v128")));
    this.#carried = Array.from({ length: map.running ? walk.vectors : 0 }, () => this.out.local("v128"));
    this.#accumulators = map.reductions.map((reduction) => {
      const length = this.#isTrailing(reduction) ? 1 : this.#inLocals(reduction) ? walk.vectors : 0;
      return Array.from({ length }, () => this.out.local("v128"));
    });
  }

  /** The body of the loop over `axis` (-1: the function): what is fixed in it, the loops within, the sums it ends. */
  level(axis: number): void {
    this.#map.loads.forEach((view, i) => {
      if (this.#hoistLevel(view) === axis && axis < this.#walk.last) this.#loadHoisted(view, this.#loaded[i]!);
    });
    this.#map.reductions.forEach((reduction, i) => {
      if (this.#startLevel(reduction) === axis) this.#start(reduction, this.#accumulators[i]!);
    });
    if (axis === 0) for (const local of this.#carried) this.out.splatWord(0).set(local);
    if (axis + 1 < this.#walk.last) this.#walk.loopOver(axis + 1, () => this.level(axis + 1));
    else this.#walk.row((lanes) => this.#vector(lanes));
    this.#map.reductions.forEach((reduction, i) => {
      if (this.#startLevel(reduction) === axis) this.#finish(reduction, this.#accumulators[i]!);
    });
  }

  /** The innermost axis that moves a load (-1: none). Along an unrolled last axis a load counts as fixed. */
  #hoistLevel({ strides }: View): number {
    const { last, unrolled } = this.#walk;
    const end = unrolled ? last - 1 : last;
    for (let axis = end; axis >= 0; axis--) if (strides[axis] !== 0) return axis;
    return -1;
  }

  #loadHoisted(view: View, locals: readonly number[]): void {
    locals.forEach((local, index) => {
      this.#walk.load(view, this.#walk.lanesOf(index));
      this.out.set(local);
    });
  }

  // ---- one vector ---------------------------------------------------------------------------------------------------

  #vector(lanes: Lanes): void {
    this.#map.loads.forEach((view, i) => {
      if (this.#hoistLevel(view) < this.#walk.last) return;
      this.#walk.load(view, lanes);
      this.out.set(this.#loaded[i]![0]!);
    });
    this.#map.instructions.forEach((instruction, i) => {
      if (this.#values[i] === -1) return;
      this.#compute(instruction, lanes);
      this.out.set(this.#values[i]!);
    });
    for (const { value, view } of this.#map.stores) {
      this.#walk.store(view, view.strides, this.#valueLocal(value, lanes), lanes);
    }
    this.#map.reductions.forEach((reduction, i) => this.#accumulate(reduction, this.#accumulators[i]!, lanes));
    if (this.#map.running) this.out.get(this.#values[this.#map.running.value]!).set(this.#carried[lanes.index]!);
  }

  #push(value: number, lanes: Lanes): void {
    const { op, dtype, immediate } = this.#map.instructions[value]!;
    if (op === "constant") this.out.splatWord(dtype === "f32" ? bitsOf(immediate) : immediate);
    else if (op === "load") this.out.get(this.#loadLocal(immediate, lanes));
    else if (op === "carried") this.out.get(this.#carried[lanes.index]!);
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
    this.out.set(this.#walk.scratch);
    return this.#walk.scratch;
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
    if (axis !== this.#walk.last) {
      out.get(this.#walk.counters[axis]!).simd(Simd.i32Splat);
    } else if (this.#walk.unrolled) {
      out.words(index * 4, index * 4 + 1, index * 4 + 2, index * 4 + 3);
    } else {
      out.get(this.#walk.counters[axis]!).simd(Simd.i32Splat).words(0, 1, 2, 3).simd(Simd.i32Add);
    }
  }

  // ---- reductions ---------------------------------------------------------------------------------------------------

  /** Over the last axis (and perhaps more): four partial results in one register. Else: one result a column. */
  #isTrailing({ to }: Reduction): boolean {
    return to === this.#map.domain.length;
  }

  /** Columns that fit in registers, because the row is unrolled and is all that is kept. */
  #inLocals({ to }: Reduction): boolean {
    return this.#walk.unrolled && to === this.#walk.last;
  }

  #startLevel(reduction: Reduction): number {
    return this.#isTrailing(reduction) ? reduction.from - 1 : -1;
  }

  #start(reduction: Reduction, accumulators: readonly number[]): void {
    const word = bitsOf(identityOf(reduction));
    for (const local of accumulators) this.out.splatWord(word).set(local);
    if (accumulators.length === 0) this.#walk.fill(reduction.store, word);   // columns in memory
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
    const strides = this.#keptOf(reduction);
    const { scratch } = this.#walk;
    this.#walk.loadKept(store, strides, lanes);
    this.#push(value, lanes);
    this.out.simd(combine).set(scratch);
    this.#walk.store(store, strides, scratch, lanes);
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
    const strides = this.#keptOf(reduction);
    if (!this.#isTrailing(reduction)) {
      accumulators.forEach((local, index) => this.#walk.store(store, strides, local, this.#walk.lanesOf(index)));
      return;
    }
    const local = accumulators[0]!;
    for (const lanes of [[1, 0, 3, 2], [2, 3, 0, 1]]) {
      this.out.get(local).shuffle(local, lanes).simd(combineCode(kind)).set(local);
    }
    this.#walk.storeFirst(store, strides, local, from - 1);
  }

  #keptOf(reduction: Reduction): readonly number[] {
    return this.#kept[this.#map.reductions.indexOf(reduction)]!;
  }
}

/** Strides of a reduction's result over the whole domain: 0 along reduced axes. */
function storeStrides({ from, to, store }: Reduction, rank: number): number[] {
  return Array.from({ length: rank }, (_, axis) =>
    (axis >= from && axis < to ? 0 : store.strides[axis < from ? axis : axis - to]!));
}

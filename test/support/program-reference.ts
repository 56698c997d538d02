import type { IndexKernel, Instruction, MapKernel, MatmulKernel, Program, View } from "../../src/program/program.ts";
import { contiguousStrides, sizeOf } from "../../src/tensor/shape.ts";
import { philox } from "./philox.ts";

// Runs a compiled program with plain loops in float64: what the devices' kernels are compared with. Memory is a list
// of numbers a buffer; temporaries share an arena as they do on a device, so a buffer planned too small or freed too
// early shows.

export type Memory = Record<string, ArrayLike<number>>;

/** Outputs and inputs by name after one run on the given inputs; missing ones are zeros. */
export function runReference(program: Program, inputs: Memory): Record<string, number[]> {
  const arena = new Array<number>(Math.ceil(program.arenaBytes / 4)).fill(0);
  const places = program.buffers.map(({ kind, name, size, arenaOffset }) => kind === "temporary"
    ? { data: arena, base: arenaOffset / 4 }
    : { data: Array.from({ length: size }, (_, i) => inputs[name]?.[i] ?? 0), base: 0 });
  const words = places.map(({ data, base }): Words => ({
    get: (i) => data[base + i]!,
    set: (i, value) => { data[base + i] = value; },
  }));
  for (const kernel of program.kernels) {
    if (kernel.kind === "map") runMap(kernel, words);
    else if (kernel.kind === "matmul") runMatmul(kernel, words);
    else runIndex(kernel, words);
  }
  const all = [...program.inputs].map(([name, number]): [string, View] => {
    const { dtype, size } = program.buffers[number]!;
    return [name, { buffer: number, offset: 0, shape: [size], strides: [1], dtype }];
  });
  return Object.fromEntries([...all, ...program.outputs].map(([name, view]) =>
    [name, elements(view).map((at) => words[view.buffer]!.get(at))]));
}

interface Words {
  get(index: number): number;
  set(index: number, value: number): void;
}

/** Element numbers of a view in row-major order. */
function elements({ offset, shape, strides }: View): number[] {
  return shape.reduce<number[]>((starts, size, axis) =>
    starts.flatMap((start) => Array.from({ length: size }, (_, i) => start + i * strides[axis]!)), [offset]);
}

function runMap({ domain, loads, instructions, stores, reductions }: MapKernel, words: readonly Words[]): void {
  const size = sizeOf(domain);
  const inner = contiguousStrides(domain);
  const from = loads.map(elements);
  const to = stores.map(({ view }) => elements(view));
  const totals = reductions.map(({ kind, store }) =>
    new Array<number>(sizeOf(store.shape)).fill(kind === "sum" ? 0 : kind === "max" ? -Infinity : Infinity));
  for (let i = 0; i < size; i++) {
    const index = domain.map((length, axis) => Math.floor(i / inner[axis]!) % length);
    const values: number[] = [];
    for (const instruction of instructions) {
      const { op, immediate } = instruction;
      if (op === "load") values.push(words[loads[immediate]!.buffer]!.get(from[immediate]![i]!));
      else if (op === "index") values.push(index[immediate]!);
      else values.push(evaluate(instruction, instruction.args.map((argument) => values[argument]!)));
    }
    stores.forEach(({ value, view }, s) => {
      const isMask = instructions[value]!.dtype === "bool";
      words[view.buffer]!.set(to[s]![i]!, isMask && values[value] !== 0 ? -1 : values[value]!);
    });
    reductions.forEach(({ kind, value, from: first, to: last }, r) => {
      const kept = index.map((_, axis) => axis).filter((axis) => axis < first || axis >= last);
      const at = kept.reduce((sum, axis) => sum * domain[axis]! + index[axis]!, 0);
      const [total, x] = [totals[r]![at]!, values[value]!];
      totals[r]![at] = kind === "sum" ? total + x : kind === "max" ? (total < x ? x : total) : (x < total ? x : total);
    });
  }
  reductions.forEach(({ store }, r) =>
    elements(store).forEach((at, i) => words[store.buffer]!.set(at, totals[r]![i]!)));
}

const bits = new DataView(new ArrayBuffer(4));

/** Masks are 0 and anything else. */
function evaluate({ op, dtype, immediate }: Instruction, args: readonly number[]): number {
  const [a, b, c] = args as [number, number, number];
  const wrap = (value: number): number => (dtype === "i32" ? Number(BigInt.asIntN(32, BigInt(value))) : value);
  switch (op) {
    case "constant": return dtype === "f32" ? Math.fround(immediate) : immediate;
    case "add": return wrap(a + b);
    case "sub": return wrap(a - b);
    case "mul": return dtype === "i32" ? Math.imul(a, b) : a * b;
    case "div": return a / b;
    case "neg": return dtype === "i32" ? -a | 0 : -a;
    case "abs": return dtype === "i32" ? Math.abs(a) | 0 : Math.abs(a);
    case "sqrt": return Math.sqrt(a);
    case "floor": return Math.floor(a);
    case "round": return roundToEven(a);
    case "min": return b < a ? b : a;
    case "max": return a < b ? b : a;
    case "lt": return Number(a < b);
    case "le": return Number(a <= b);
    case "eq": return Number(a === b);
    case "and": return Number(a !== 0 && b !== 0);
    case "or": return Number(a !== 0 || b !== 0);
    case "not": return Number(a === 0);
    case "select": return a !== 0 ? b : c;
    case "bit-and": return a & b;
    case "bit-or": return a | b;
    case "bit-xor": return a ^ b;
    case "shift-left": return a << immediate;
    case "shift-right": return a >> immediate;
    case "shift-right-unsigned": return (a >>> immediate) | 0;
    case "to-f32": return a;
    case "to-i32": return Math.trunc(a) | 0;
    case "round-to-i32": return roundToEven(a) | 0;
    case "bitcast-f32": bits.setInt32(0, a); return bits.getFloat32(0);
    case "bitcast-i32": bits.setFloat32(0, a); return bits.getInt32(0);
    case "mask-to-f32": case "mask-to-i32": return Number(a !== 0);
    case "load": case "index": case "carried": throw new Error(`${op} has no arguments`);
  }
}

function roundToEven(x: number): number {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  if (down === -1) return -0;
  return down % 2 === 0 ? down : down + 1;
}

function runMatmul({ m, k, n, a, b, bias, y }: MatmulKernel, words: readonly Words[]): void {
  const [left, right, to] = [elements(a), elements(b), elements(y)];
  for (let batch = 0; batch < to.length / (m * n); batch++) {
    for (let row = 0; row < m; row++) {
      for (let column = 0; column < n; column++) {
        let sum = bias ? words[bias.buffer]!.get(bias.offset + column) : 0;
        for (let step = 0; step < k; step++) {
          const x = words[a.buffer]!.get(left[(batch * m + row) * k + step]!);
          sum += x * words[b.buffer]!.get(right[(batch * k + step) * n + column]!);
        }
        words[y.buffer]!.set(to[(batch * m + row) * n + column]!, sum);
      }
    }
  }
}

function runIndex(kernel: IndexKernel, words: readonly Words[]): void {
  const at = (view: View): { get(i: number): number; set(i: number, value: number): void } => ({
    get: (i) => words[view.buffer]!.get(view.offset + i),
    set: (i, value) => words[view.buffer]!.set(view.offset + i, value),
  });
  const y = at(kernel.y);
  const size = sizeOf(kernel.y.shape);
  const each = (count: number, body: (i: number) => void): void => { for (let i = 0; i < count; i++) body(i); };
  switch (kernel.kind) {
    case "gather-rows": {
      const [x, index, width] = [at(kernel.x), at(kernel.index), sizeOf(kernel.x.shape.slice(1))];
      const row = (i: number): number => clamp(index.get(Math.floor(i / width)), kernel.x.shape[0]!);
      return each(size, (i) => y.set(i, x.get(row(i) * width + i % width)));
    }
    case "scatter-add-rows": {
      const [x, index, width] = [at(kernel.x), at(kernel.index), sizeOf(kernel.y.shape.slice(1))];
      each(size, (i) => y.set(i, 0));
      return each(sizeOf(kernel.x.shape), (i) => {
        const to = clamp(index.get(Math.floor(i / width)), kernel.y.shape[0]!) * width + i % width;
        y.set(to, y.get(to) + x.get(i));
      });
    }
    case "take-along": {
      const [, length, inner] = kernel.x.shape as [number, number, number];
      const [x, index, count] = [at(kernel.x), at(kernel.index), kernel.index.shape[1]!];
      const slab = (i: number): number => Math.floor(i / (count * inner));
      return each(size, (i) => y.set(i, x.get((slab(i) * length + clamp(index.get(i), length)) * inner + i % inner)));
    }
    case "scatter-add-along": {
      const [, length, inner] = kernel.y.shape as [number, number, number];
      const [x, index, count] = [at(kernel.x), at(kernel.index), kernel.index.shape[1]!];
      each(size, (i) => y.set(i, 0));
      return each(sizeOf(kernel.x.shape), (i) => {
        const to = (Math.floor(i / (count * inner)) * length + clamp(index.get(i), length)) * inner + i % inner;
        y.set(to, y.get(to) + x.get(i));
      });
    }
    case "argmax": {
      const [x, length] = [at(kernel.x), sizeOf(kernel.x.shape) / size];
      return each(size, (row) => {
        let best = 0;
        each(length, (j) => { if (x.get(row * length + j) > x.get(row * length + best)) best = j; });
        y.set(row, best);
      });
    }
    case "linear-scan": {
      const [x, a, steps] = [at(kernel.x), at(kernel.a), kernel.y.shape[0]!];
      const width = size / steps;
      return each(size, (i) => {
        const t = kernel.reverse ? steps - 1 - Math.floor(i / width) : Math.floor(i / width);
        const [here, before] = [t * width + i % width, (kernel.reverse ? t + 1 : t - 1) * width + i % width];
        y.set(here, x.get(here) + (i < width ? 0 : a.get(here) * y.get(before)));
      });
    }
    case "random-bits": {
      const state = at(kernel.state);
      return each(size, (i) => {
        const counter = [Math.floor(i / 4), kernel.salt, state.get(2), state.get(3)] as const;
        y.set(i, philox(counter, [state.get(0), state.get(1)])[i % 4]!);
      });
    }
  }
}

const clamp = (index: number, count: number): number => Math.max(0, Math.min(index, count - 1));

import type { Instruction, Kernel, MapKernel, MatmulKernel, Program, View } from "../../program/program.ts";
import { contiguousStrides, sizeOf } from "../../tensor/shape.ts";
import { lastElement } from "./dispatch.ts";
import { arenaOf } from "./launches.ts";

// Elementwise work on a matmul's result, an activation above all, is done where the result is still in registers: the
// part of a map that reads it moves into the matmul. A launch fewer, and the result itself need not be stored.

/** What a matmul does to each of its elements. */
export interface Epilogue {
  /** The moved part of the map; its domain has the elements of y, in the same order. */
  readonly map: MapKernel;
  /** The load that is the matmul's element. */
  readonly load: number;
  /** Whether others read the matmul's result. */
  readonly storesResult: boolean;
}

export interface FusedKernel {
  readonly kernel: Kernel;
  readonly epilogue: Epilogue | undefined;
}

/** Instructions of a moved part at most: the text of the matmul repeats it for each element that a thread computes. */
const longestEpilogue = 96;

/** The kernels with epilogues where these change nothing but the number of launches. `takes`: whether a matmul may. */
export function fuseEpilogues(program: Program, takes: (kernel: MatmulKernel) => boolean): FusedKernel[] {
  const kernels: (Kernel | undefined)[] = [...program.kernels];
  const epilogues = new Map<number, Epilogue>();
  const overlap = overlapIn(program);
  kernels.forEach((matmul, at) => {
    if (matmul?.kind !== "matmul" || !takes(matmul)) return;
    const readers = kernels.flatMap((each, i) =>
      (each && i !== at && readsOf(each).some(({ buffer }) => buffer === matmul.y.buffer) ? [i] : []));
    const target = readers.find((i) => i > at);
    const map = target === undefined ? undefined : kernels[target];
    if (target === undefined || map?.kind !== "map" || program.buffers[matmul.y.buffer]!.kind !== "temporary") return;
    const cut = cutMap(map, matmul.y);
    if (!cut) return;
    const { part, load, rest } = cut;
    const between = kernels.slice(at + 1, target).filter((each) => each !== undefined);
    const stored = part.stores.map(({ view }) => view);
    const others = part.loads.filter((_, i) => i !== load);
    const clash = (one: readonly View[], two: readonly View[]): boolean =>
      one.some((a) => two.some((b) => overlap(a, b)));
    const beside = [matmul.y, ...readsOf(matmul), ...rest ? [...readsOf(rest), ...writesOf(rest)] : []];
    const moves = !clash(stored, beside) &&
      !between.some((each) => clash(stored, [...readsOf(each), ...writesOf(each)]) || clash(others, writesOf(each)));
    if (!moves) return;
    kernels[target] = rest;
    epilogues.set(at, { map: part, load, storesResult: readers.length > 1 });
  });
  return kernels.flatMap((kernel, at) => (kernel ? [{ kernel, epilogue: epilogues.get(at) }] : []));
}

/** The stores of a map that depend on its load of `y`, and the rest; undefined where the first cannot stand alone. */
function cutMap(map: MapKernel, y: View): { part: MapKernel; load: number; rest: MapKernel | undefined } | undefined {
  const { domain, loads, instructions, stores, reductions } = map;
  const load = loads.findIndex(({ buffer }) => buffer === y.buffer);
  const whole = y.offset === 0 && sizeOf(domain) === sizeOf(y.shape) &&
    `${y.strides}` === `${contiguousStrides(y.shape)}`;
  const same = ({ buffer, offset, strides }: View): boolean =>
    buffer === y.buffer && offset === 0 && `${strides}` === `${contiguousStrides(domain)}`;
  if (!whole || reductions.length > 0 || !same(loads[load]!)) return undefined;
  if (loads.some((view, i) => i !== load && view.buffer === y.buffer)) return undefined;
  const depends: boolean[] = [];
  instructions.forEach(({ op, args, immediate }, i) => {
    depends[i] = op === "load" ? immediate === load : args.some((argument) => depends[argument]);
  });
  const inside = stores.filter(({ value }) => depends[value]);
  const outside = stores.filter(({ value }) => !depends[value]);
  const part = onlyNeeded({ ...map, stores: inside });
  if (part.instructions.length > longestEpilogue) return undefined;
  return {
    part, load: part.loads.findIndex(({ buffer }) => buffer === y.buffer),
    rest: outside.length > 0 ? onlyNeeded({ ...map, stores: outside }) : undefined,
  };
}

/**
 * The map with no more than its stores need, in the order in which these reach it: parts that do the same are the same,
 * wherever they came from.
 */
function onlyNeeded(map: MapKernel): MapKernel {
  const [numbers, loadNumbers] = [new Map<number, number>(), new Map<number, number>()];
  const instructions: Instruction[] = [];
  const take = (number: number): number => {
    const known = numbers.get(number);
    if (known !== undefined) return known;
    const instruction = map.instructions[number]!;
    const args = instruction.args.map(take);
    let { immediate } = instruction;
    if (instruction.op === "load") {
      if (!loadNumbers.has(immediate)) loadNumbers.set(immediate, loadNumbers.size);
      immediate = loadNumbers.get(immediate)!;
    }
    numbers.set(number, instructions.length);
    return instructions.push({ ...instruction, args, immediate }) - 1;
  };
  const stores = map.stores.map(({ value, view }) => ({ value: take(value), view }));
  return { ...map, stores, instructions, loads: [...loadNumbers.keys()].map((load) => map.loads[load]!) };
}

function readsOf(kernel: Kernel): View[] {
  switch (kernel.kind) {
    case "map": return [...kernel.loads];
    case "matmul": return [kernel.a, kernel.b, ...kernel.bias ? [kernel.bias] : []];
    case "linear-scan": return [kernel.x, kernel.a];
    case "argmax": return [kernel.x];
    case "random-bits": return [kernel.state];
    default: return [kernel.x, kernel.index];
  }
}

function writesOf(kernel: Kernel): View[] {
  if (kernel.kind !== "map") return [kernel.y];
  return [...kernel.stores.map(({ view }) => view), ...kernel.reductions.map(({ store }) => store)];
}

/** Whether two views share memory: temporaries may lie where others lay. */
function overlapIn(program: Program): (one: View, two: View) => boolean {
  const { offsets } = arenaOf(program);
  const rangeOf = (view: View) => {
    const { kind } = program.buffers[view.buffer]!;
    const first = kind === "temporary" ? offsets[view.buffer]! / 4 : 0;
    const memory = kind === "temporary" ? -1 : view.buffer;
    return { memory, from: first + view.offset, to: first + lastElement(view) };
  };
  return (one, two) => {
    const [a, b] = [rangeOf(one), rangeOf(two)];
    return a.memory === b.memory && a.from <= b.to && b.from <= a.to;
  };
}

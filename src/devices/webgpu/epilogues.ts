import type { Instruction, Kernel, MapKernel, MatmulKernel, Program, View } from "../../program/program.ts";
import { contiguousStrides, sizeOf } from "../../tensor/shape.ts";
import { overlapIn, readsOf, writesOf } from "./kernel-views.ts";
import { onlyNeeded } from "./map-parts.ts";

// Elementwise work on a matmul's result, an activation above all, is done where the result is still in registers: the
// part of a map that reads it moves into the matmul. A launch fewer, and the result itself need not be stored. Sums
// that end the map stay behind and read what the moved part stored: the bias gradients of all layers can share a
// launch.

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

/**
 * The kernels with epilogues where these change nothing but the number of launches. `takes`: whether a matmul may;
 * `leavesSums`: whether also of maps that end in sums, which stay behind.
 */
export function fuseEpilogues(
  program: Program, takes: (kernel: MatmulKernel) => boolean, leavesSums: boolean,
): FusedKernel[] {
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
    const cut = leavesSums || map.reductions.length === 0 ? cutMap(map, matmul.y) : undefined;
    if (!cut) return;
    const { part, load, rest } = cut;
    const between = kernels.slice(at + 1, target).filter((each) => each !== undefined);
    const stored = part.stores.map(({ view }) => view);
    const others = part.loads.filter((_, i) => i !== load);
    const clash = (one: readonly View[], two: readonly View[]): boolean =>
      one.some((a) => two.some((b) => overlap(a, b)));
    const kept = rest ? [...readsOf(rest).filter((view) => !stored.includes(view)), ...writesOf(rest)] : [];
    const beside = [matmul.y, ...readsOf(matmul), ...kept];
    const moves = !clash(stored, beside) &&
      !between.some((each) => clash(stored, [...readsOf(each), ...writesOf(each)]) || clash(others, writesOf(each)));
    if (!moves) return;
    kernels[target] = rest;
    epilogues.set(at, { map: part, load, storesResult: readers.length > 1 });
  });
  return kernels.flatMap((kernel, at) => (kernel ? [{ kernel, epilogue: epilogues.get(at) }] : []));
}

/**
 * The stores of a map that depend on its load of `y`, and the rest, whose sums may read what these store; undefined
 * where the first cannot stand alone.
 */
function cutMap(map: MapKernel, y: View): { part: MapKernel; load: number; rest: MapKernel | undefined } | undefined {
  const { domain, loads, instructions, stores, reductions } = map;
  const load = loads.findIndex(({ buffer }) => buffer === y.buffer);
  const whole = y.offset === 0 && sizeOf(domain) === sizeOf(y.shape) &&
    `${y.strides}` === `${contiguousStrides(y.shape)}`;
  const same = ({ buffer, offset, strides }: View): boolean =>
    buffer === y.buffer && offset === 0 && `${strides}` === `${contiguousStrides(domain)}`;
  if (!whole || !same(loads[load]!)) return undefined;
  if (loads.some((view, i) => i !== load && view.buffer === y.buffer)) return undefined;
  const depends = dependsOn(instructions, load);
  const inside = stores.filter(({ value }) => depends[value]);
  const outside = stores.filter(({ value }) => !depends[value]);
  const part = onlyNeeded({ ...map, stores: inside, reductions: [] });
  if (inside.length === 0 || part.instructions.length > longestEpilogue) return undefined;
  const reloaded = instructions.map((instruction, number): Instruction => {
    const store = inside.findIndex(({ value }) => value === number);
    return store < 0 ? instruction : { ...instruction, op: "load", args: [], immediate: loads.length + store };
  });
  const after = dependsOn(reloaded, load);
  if (reductions.some(({ value }) => after[value])) return undefined;
  return {
    part, load: part.loads.findIndex(({ buffer }) => buffer === y.buffer),
    rest: outside.length + reductions.length === 0 ? undefined : onlyNeeded({
      ...map, stores: outside, instructions: reloaded, loads: [...loads, ...inside.map(({ view }) => view)],
    }),
  };
}

/** For each instruction whether it needs load number `load`. */
function dependsOn(instructions: readonly Instruction[], load: number): boolean[] {
  const depends: boolean[] = [];
  for (const { op, args, immediate } of instructions) {
    depends.push(op === "load" ? immediate === load : args.some((argument) => depends[argument]));
  }
  return depends;
}

import type { Instruction, Kernel, MapKernel, Program, Reduction, View } from "../../program/program.ts";
import { overlapIn, readsOf, writesOf } from "./kernel-views.ts";

// Maps in parts. The compiler puts everything of one domain and level into one map; on a GPU parts that do the same to
// different tensors (both networks' tanh') are better apart: each can move into the matmul that it follows, and wait
// for others of its kind to share their launch.

/**
 * The map with no more than its stores and reductions need, in the order in which these reach it: parts that do the
 * same are the same, wherever they came from.
 */
export function onlyNeeded(map: MapKernel): MapKernel {
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
  const reductions = map.reductions.map((reduction) => ({ ...reduction, value: take(reduction.value) }));
  return { ...map, stores, reductions, instructions, loads: [...loadNumbers.keys()].map((load) => map.loads[load]!) };
}

/**
 * The program's kernels, in which parts of a map that read matmuls' results, do the same and have nothing in common are
 * maps of their own.
 */
export function splitAlikeParts(program: Program): readonly Kernel[] {
  const overlap = overlapIn(program);
  const products = new Set(program.kernels.flatMap((kernel) => (kernel.kind === "matmul" ? [kernel.y.buffer] : [])));
  const clash = (one: MapKernel, two: MapKernel): boolean =>
    writesOf(one).some((a) => [...readsOf(two), ...writesOf(two)].some((b) => overlap(a, b)));
  return program.kernels.flatMap((kernel): readonly Kernel[] => {
    if (kernel.kind !== "map" || !kernel.loads.some(({ buffer }) => products.has(buffer))) return [kernel];
    const parts = partsOf(kernel);
    if (parts.some((one) => parts.some((two) => one !== two && clash(one, two)))) return [kernel];
    const keys = parts.map(whatItDoes);
    const alike = parts.filter(({ loads }, i) =>
      keys.indexOf(keys[i]!) !== keys.lastIndexOf(keys[i]!) && loads.some(({ buffer }) => products.has(buffer)));
    const isTaken = (result: unknown): boolean =>
      alike.some(({ stores, reductions }) => [...stores, ...reductions].some((each) => placeOf(each) === result));
    const stores = kernel.stores.filter((store) => !isTaken(placeOf(store)));
    const reductions = kernel.reductions.filter((reduction) => !isTaken(placeOf(reduction)));
    const rest = stores.length + reductions.length > 0 ? [onlyNeeded({ ...kernel, stores, reductions })] : [];
    return [...alike, ...rest];
  });
}

const placeOf = (result: MapKernel["stores"][number] | Reduction): View =>
  ("view" in result ? result.view : result.store);

/** A part for each set of results that have a value in common; constants and scalars are read by each on its own. */
function partsOf(map: MapKernel): MapKernel[] {
  const { instructions, loads } = map;
  const isFree = ({ op, immediate }: Instruction): boolean =>
    op === "constant" || op === "index" || (op === "load" && loads[immediate]!.strides.every((stride) => stride === 0));
  const valuesOf = (root: number): Set<number> => {
    const found = new Set([root]);
    for (const number of found) for (const argument of instructions[number]!.args) found.add(argument);
    return new Set([...found].filter((number) => !isFree(instructions[number]!)));
  };
  const results = [
    ...map.stores.map((store) => ({ value: store.value, stores: [store], reductions: [] as Reduction[] })),
    ...map.reductions.map((reduction) => ({
      value: reduction.value, stores: [] as MapKernel["stores"][number][], reductions: [reduction],
    })),
  ];
  let parts: { values: Set<number>; stores: MapKernel["stores"]; reductions: readonly Reduction[] }[] = [];
  for (const { value, stores, reductions } of results) {
    const values = valuesOf(value);
    const shares = (part: { values: Set<number> }): boolean => [...part.values].some((each) => values.has(each));
    const met = parts.filter(shares);
    parts = [...parts.filter((part) => !met.includes(part)), {
      values: new Set([...met.flatMap((part) => [...part.values]), ...values]),
      stores: [...met.flatMap((part) => part.stores), ...stores],
      reductions: [...met.flatMap((part) => part.reductions), ...reductions],
    }];
  }
  return parts.map(({ stores, reductions }) => onlyNeeded({ ...map, stores, reductions }));
}

/** The same for maps that do the same to different memory. */
function whatItDoes({ domain, loads, instructions, stores, reductions }: MapKernel): string {
  const shapeOf = ({ shape, strides, dtype }: View) => ({ shape, strides, dtype });
  return JSON.stringify([
    domain, instructions, loads.map(shapeOf), stores.map(({ value, view }) => [value, shapeOf(view)]),
    reductions.map(({ store, ...reduction }) => [reduction, shapeOf(store)]),
  ]);
}

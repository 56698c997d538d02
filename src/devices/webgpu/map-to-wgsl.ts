import reduceFrame from "../../../shaders/map-reduce.wgsl";
import elementFrame from "../../../shaders/map.wgsl";
import type { MapKernel, Reduction } from "../../program/program.ts";
import { contiguousStrides, sizeOf } from "../../tensor/shape.ts";
import type { AdapterTraits } from "./adapter-traits.ts";
import { fillFrame, scratchView, stores as storesTo, type Dispatch, type DispatchOperand } from "./dispatch.ts";
import type { Epilogue } from "./epilogues.ts";
import { expression } from "./instruction-to-wgsl.ts";

// A map becomes one dispatch for each set of axes that it reduces, and one for its stores unless a reduction can take
// them along. Dispatches repeat the expression; each prints only what it needs. The stores come last: they may
// overwrite, element by element, what the reductions read. On a GPU long reductions are cut into parts that more
// threads work on, and a dispatch more joins what these leave in the scratch buffer.

type Store = MapKernel["stores"][number];

/** How the threads of a reduction are laid out; see shaders/map-reduce.wgsl. */
interface Layout {
  readonly keptSize: number;
  readonly reducedSize: number;
  readonly leading: boolean;
  readonly columns: number;
  readonly strands: number;
  /** Pieces of `partSize` reduced elements, each by workgroups of its own. */
  readonly parts: number;
  readonly partSize: number;
}

const threads = 64;
/** Up to this many elements a single thread adds up alone. */
const shortReduction = 32;
/** In parts, a thread visits about so many elements; reductions of up to twice as many visits stay whole. */
const visitsOfPart = 16;
/** Stores ride on a reduction where no thread would visit more elements than this. */
const longestRide = 64;
/** Reductions of one dispatch: each needs 1 KB of workgroup memory. */
const reductionsAtOnce = 8;

export function mapDispatches(kernel: MapKernel, adapter: AdapterTraits): Dispatch[] {
  const groups = reductionGroups(kernel);
  if (groups.length === 0) return [elementDispatch(kernel)];
  const visitsOf = ([first]: readonly Reduction[]): number => visits(layoutOf(kernel, first!, adapter));
  const [carrier] = kernel.stores.length === 0 ? [] : groups
    .filter((group) => visitsOf(group) <= longestRide)
    .sort((a, b) => visitsOf(a) - visitsOf(b));
  const reduced = (group: readonly Reduction[], stores: readonly Store[]): Dispatch[] =>
    reduceDispatches(kernel, group, stores, adapter);
  const alone = groups.filter((group) => group !== carrier).flatMap((group) => reduced(group, []));
  if (carrier) return [...alone, ...reduced(carrier, kernel.stores)];
  return kernel.stores.length > 0 ? [...alone, elementDispatch(kernel)] : alone;
}

/** Reductions over the same axes share a dispatch, up to a number. */
function reductionGroups({ reductions }: MapKernel): Reduction[][] {
  const groups: Reduction[][] = [];
  for (const reduction of reductions) {
    const open = groups.find(([first, ...rest]) =>
      first!.from === reduction.from && first!.to === reduction.to && rest.length + 1 < reductionsAtOnce);
    if (open) open.push(reduction);
    else groups.push([reduction]);
  }
  return groups;
}

const visits = ({ partSize, strands }: Layout): number => Math.ceil(partSize / strands);

function layoutOf({ domain }: MapKernel, { from, to }: Reduction, adapter: AdapterTraits): Layout {
  const leading = from === 0 && to < domain.length;
  const reducedSize = sizeOf(domain.slice(from, to));
  const keptSize = sizeOf(domain) / reducedSize;
  const layout = (columns: number, strands: number): Layout => {
    const long = adapter.kind === "gpu" && reducedSize > 2 * visitsOfPart * strands && strands > 1;
    const parts = long ? Math.ceil(reducedSize / (visitsOfPart * strands)) : 1;
    return { keptSize, reducedSize, leading, columns, strands, parts, partSize: Math.ceil(reducedSize / parts) };
  };
  if (reducedSize <= shortReduction) return layout(threads, 1);
  if (!leading) return layout(1, reducedSize <= 1024 ? 64 : 256);
  const columns = Math.min(16, powerOfTwo(keptSize));
  return layout(columns, Math.min(256 / columns, powerOfTwo(reducedSize)));
}

function powerOfTwo(atLeast: number): number {
  let power = 1;
  while (power < atLeast) power *= 2;
  return power;
}

function elementDispatch(kernel: MapKernel): Dispatch {
  const size = sizeOf(kernel.domain);
  const printed = printBody(kernel, kernel.stores, []);
  return {
    label: `map [${kernel.domain.join(", ")}]: ${printed.count} operations, ${kernel.stores.length} stores`,
    operands: printed.operands,
    parameters: {},
    code: `const size = ${size}u;\n${fillFrame(elementFrame, { body: lines(printed.body, 4) })}`,
    workgroups: Math.ceil(size / threads),
    work: size * printed.count,
  };
}

/** The reductions of one group in one dispatch, or of their parts and of what these give. */
function reduceDispatches(
  kernel: MapKernel, group: readonly Reduction[], stores: readonly Store[], adapter: AdapterTraits,
): Dispatch[] {
  const layout = layoutOf(kernel, group[0]!, adapter);
  const { parts, keptSize } = layout;
  if (parts === 1) return [reduceDispatch(kernel, group, stores, layout, adapter)];
  const partial = group.map((reduction, r): Reduction => ({
    ...reduction, store: { ...scratchView([parts * keptSize]), offset: r * parts * keptSize },
  }));
  const joined = joinOf(kernel, group, partial, parts);
  return [reduceDispatch(kernel, partial, stores, layout, adapter), ...mapDispatches(joined, adapter)];
}

/** The map that reduces partial results [parts, kept...] in the scratch buffer to what the kernel wants. */
function joinOf(
  kernel: MapKernel, group: readonly Reduction[], partial: readonly Reduction[], parts: number,
): MapKernel {
  const domain = [parts, ...keptDomainOf(kernel, group[0]!)];
  return {
    kind: "map", domain, stores: [],
    loads: partial.map(({ store }) => ({ ...store, shape: domain, strides: contiguousStrides(domain) })),
    instructions: partial.map((_, r) => ({ op: "load", args: [], dtype: "f32", immediate: r })),
    reductions: group.map((reduction, r) => ({ ...reduction, value: r, from: 0, to: 1 })),
  };
}

function keptDomainOf({ domain }: MapKernel, { from, to }: Reduction): number[] {
  return domain.filter((_, axis) => axis < from || axis >= to);
}

function reduceDispatch(
  kernel: MapKernel, group: readonly Reduction[], stores: readonly Store[], layout: Layout,
  { subgroups }: AdapterTraits,
): Dispatch {
  const { keptSize, reducedSize, leading, columns, strands, parts, partSize } = layout;
  const printed = printBody(kernel, stores, group);
  const each = (print: (reduction: Reduction, r: number) => string): string[] => group.map(print);
  const accumulate = each(({ kind, value }, r) => `sum_${r} = ${joined(kind, `sum_${r}`, `v${value}`)};`);
  const keptDomain = keptDomainOf(kernel, group[0]!);
  const inSubgroups = subgroups && columns === 1 && strands > 1 && group.every(({ kind }) => kind === "sum");
  const fold = strands === 1 ? { declare: [], fold: [] }
    : inSubgroups ? subgroupLines(group, strands) : treeLines(group, columns * strands);
  const keptGroups = Math.ceil(keptSize / columns);
  const constants = {
    kept_size: keptSize, kept_groups: keptGroups, reduced_size: reducedSize, part_size: partSize, columns, strands,
    threads: columns * strands,
  };
  const place = ({ store }: Reduction): string =>
    (parts > 1 ? "part * kept_size + kept" : address(keptDomain, store.strides, "kept"));
  const body = fillFrame(reduceFrame, {
    declare: lines(fold.declare, 0),
    builtins: inSubgroups ? subgroupBuiltins : "",
    begin: lines(each(({ kind }, r) => `var sum_${r} = ${neutral[kind]};`), 2),
    element: leading ? "reduced * kept_size + kept" : "kept * reduced_size + reduced",
    body: lines([...printed.body, ...accumulate], 6),
    fold: lines(fold.fold, 2),
    end: lines(each((reduction, r) => `store_sum${r}(${place(reduction)}, sum_${r});`), 4),
  });
  return {
    label: `map [${kernel.domain.join(", ")}]: ${printed.count} operations, ${stores.length} stores, ` +
      `${group.map(({ kind }) => kind).join(", ")} over axes ${group[0]!.from}..${group[0]!.to - 1}` +
      `${parts > 1 ? ` in ${parts} parts` : ""}${inSubgroups ? ", in subgroups" : ""}`,
    operands: [...printed.operands, ...group.map(({ store }, r) => storesTo(`sum${r}`, store, "f32"))],
    parameters: {},
    code: Object.entries(constants).map(([name, value]) => `const ${name} = ${value}u;\n`).join("") + body,
    extension: inSubgroups ? "subgroups" : undefined,
    workgroups: keptGroups * parts,
    work: keptSize * reducedSize * printed.count,
  };
}

function treeLines(group: readonly Reduction[], width: number): { declare: string[]; fold: string[] } {
  const each = (print: (r: number) => string): string[] => group.map((_, r) => print(r));
  return {
    declare: each((r) => `var<workgroup> partial_${r}: array<f32, ${width}>;`),
    fold: [
      ...each((r) => `partial_${r}[lane] = sum_${r};`),
      "for (var width = strands; width > 1u;) {",
      "  let next = max(1u, width / 16u);",
      "  workgroupBarrier();",
      "  if (strand < next) {",
      "    for (var other = strand + next; other < width; other += next) {",
      "      let at = other * columns + lane % columns;",
      ...group.map(({ kind }, r) => `      sum_${r} = ${joined(kind, `sum_${r}`, `partial_${r}[at]`)};`),
      "    }",
      ...each((r) => `    partial_${r}[lane] = sum_${r};`),
      "  }",
      "  width = next;",
      "}",
    ],
  };
}

const subgroupBuiltins = ", @builtin(subgroup_invocation_id) place: u32, @builtin(subgroup_id) subgroup: u32, " +
  "@builtin(num_subgroups) subgroups: u32";
/** Threads of a subgroup: no fewer on any adapter. */
const smallestSubgroup = 4;

/** Each subgroup adds up its threads in the adapter's own order; the first thread adds these sums, ascending. */
function subgroupLines(group: readonly Reduction[], width: number): { declare: string[]; fold: string[] } {
  const each = (print: (r: number) => string): string[] => group.map((_, r) => print(r));
  return {
    declare: each((r) => `var<workgroup> partial_${r}: array<f32, ${width / smallestSubgroup}>;`),
    fold: [
      ...each((r) => `sum_${r} = subgroupAdd(sum_${r});`),
      "if (place == 0u) {",
      ...each((r) => `  partial_${r}[subgroup] = sum_${r};`),
      "}",
      "workgroupBarrier();",
      ...each((r) => `sum_${r} = partial_${r}[0];`),
      "for (var other = 1u; lane == 0u && other < subgroups; other++) {",
      ...each((r) => `  sum_${r} = sum_${r} + partial_${r}[other];`),
      "}",
    ],
  };
}

const neutral = { sum: "0f", max: "-infinity()", min: "infinity()" } as const;

function joined(kind: Reduction["kind"], sum: string, value: string): string {
  if (kind === "sum") return `${sum} + ${value}`;
  return kind === "max" ? `select(${sum}, ${value}, ${sum} < ${value})` : `select(${sum}, ${value}, ${value} < ${sum})`;
}

export interface Printed {
  readonly body: readonly string[];
  readonly operands: readonly DispatchOperand[];
  readonly count: number;
}

/** What a matmul does to its element number `i`, `value`: the body and the operands of its epilogue. */
export function printEpilogue({ map, load }: Epilogue): Printed {
  return printBody(map, map.stores, [], load);
}

/**
 * The instructions that the stores and reductions need, in order, then the stores. The element's number is `i`; load
 * `given`, if any, is in `value`.
 */
function printBody(
  kernel: MapKernel, stores: readonly Store[], reductions: readonly Reduction[], given?: number,
): Printed {
  const { domain, loads, instructions } = kernel;
  const needed = reachable(kernel, [...stores, ...reductions].map(({ value }) => value));
  const usedLoads = new Set<number>();
  const context = {
    load: (load: number): string => {
      if (load === given) return "value";
      usedLoads.add(load);
      return `load_in${load}(${address(domain, loads[load]!.strides, "i")})`;
    },
    coordinate: (axis: number): string => coordinate(domain, axis, axis, "i"),
  };
  const body = needed.map((number) => `let v${number} = ${expression(instructions[number]!, context)};`);
  stores.forEach(({ value, view }, s) => {
    const stored = instructions[value]!.dtype === "bool" ? `select(0, -1, v${value})` : `v${value}`;
    body.push(`store_out${s}(${address(domain, view.strides, "i")}, ${stored});`);
  });
  const operands = [
    ...[...usedLoads].sort((a, b) => a - b).map((load): DispatchOperand => {
      const view = loads[load]!;
      return { name: `in${load}`, view, type: view.dtype, access: "load" };
    }),
    ...stores.map(({ view }, s): DispatchOperand => ({ name: `out${s}`, view, type: view.dtype, access: "store" })),
  ];
  return { body, operands, count: needed.length };
}

/** Ascending numbers of the instructions on which `roots` depend. */
function reachable({ instructions }: MapKernel, roots: readonly number[]): number[] {
  const needed = new Set(roots);
  for (let number = instructions.length - 1; number >= 0; number--) {
    if (needed.has(number)) for (const argument of instructions[number]!.args) needed.add(argument);
  }
  return [...needed].sort((a, b) => a - b);
}

/**
 * Where a strided view keeps the row-major element number `element` of `domain`. Neighbouring axes that the view walks
 * contiguously count as one, so a contiguous view's address is the number itself.
 */
export function address(domain: readonly number[], strides: readonly number[], element: string): string {
  const axes = [...domain.keys()].filter((axis) => domain[axis]! > 1);
  const terms: string[] = [];
  for (let last = axes.length - 1; last >= 0; last--) {
    const stride = strides[axes[last]!]!;
    if (stride === 0) continue;
    let first = last;
    while (first > 0 && strides[axes[first - 1]!] === strides[axes[first]!]! * domain[axes[first]!]!) first--;
    const index = coordinate(domain, axes[first]!, axes[last]!, element);
    terms.unshift(stride === 1 ? index : `${index} * ${stride}u`);
    last = first;
  }
  return terms.join(" + ") || "0u";
}

/** The row-major index of an element along the axes `first ... last`. */
function coordinate(domain: readonly number[], first: number, last: number, element: string): string {
  const behind = contiguousStrides(domain)[last]!;
  const size = sizeOf(domain.slice(first, last + 1));
  if (size === 1) return "0u";
  const quotient = behind === 1 ? element : `${element} / ${behind}u`;
  return behind * size === sizeOf(domain) ? quotient : `${quotient} % ${size}u`;
}

function lines(list: readonly string[], indent: number): string {
  return list.join(`\n${" ".repeat(indent)}`);
}

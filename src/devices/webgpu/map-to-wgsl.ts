import reduceFrame from "../../../shaders/map-reduce.wgsl";
import elementFrame from "../../../shaders/map.wgsl";
import type { MapKernel, Reduction } from "../../program/program.ts";
import { contiguousStrides, sizeOf } from "../../tensor/shape.ts";
import { fillFrame, type Dispatch, type DispatchOperand } from "./dispatch.ts";
import { expression } from "./instruction-to-wgsl.ts";

// A map becomes one dispatch for each set of axes that it reduces, and one for its stores unless a reduction can take
// them along. Dispatches repeat the expression; each prints only what it needs. The stores come last: they may
// overwrite, element by element, what the reductions read.

type Store = MapKernel["stores"][number];

/** How the threads of a reduction are laid out; see shaders/map-reduce.wgsl. */
interface Layout {
  readonly keptSize: number;
  readonly reducedSize: number;
  readonly leading: boolean;
  readonly columns: number;
  readonly strands: number;
}

const threads = 64;
/** Up to this many elements a single thread adds up alone. */
const shortReduction = 32;
/** Stores ride on a reduction where no thread would visit more elements than this. */
const longestRide = 64;
/** Reductions of one dispatch: each needs 1 KB of workgroup memory. */
const reductionsAtOnce = 8;

export function mapDispatches(kernel: MapKernel): Dispatch[] {
  const groups = reductionGroups(kernel);
  if (groups.length === 0) return [elementDispatch(kernel)];
  const [carrier] = kernel.stores.length === 0 ? [] : groups
    .filter((group) => visits(layoutOf(kernel, group[0]!)) <= longestRide)
    .sort((a, b) => visits(layoutOf(kernel, a[0]!)) - visits(layoutOf(kernel, b[0]!)));
  const alone = groups.filter((group) => group !== carrier).map((group) => reduceDispatch(kernel, group, []));
  if (carrier) return [...alone, reduceDispatch(kernel, carrier, kernel.stores)];
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

const visits = ({ reducedSize, strands }: Layout): number => Math.ceil(reducedSize / strands);

function layoutOf({ domain }: MapKernel, { from, to }: Reduction): Layout {
  const leading = from === 0 && to < domain.length;
  const reducedSize = sizeOf(domain.slice(from, to));
  const keptSize = sizeOf(domain) / reducedSize;
  const layout = (columns: number, strands: number): Layout => ({ keptSize, reducedSize, leading, columns, strands });
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
  };
}

function reduceDispatch(kernel: MapKernel, group: readonly Reduction[], stores: readonly Store[]): Dispatch {
  const layout = layoutOf(kernel, group[0]!);
  const { keptSize, reducedSize, leading, columns, strands } = layout;
  const printed = printBody(kernel, stores, group);
  const each = (print: (reduction: Reduction, r: number) => string): string[] => group.map(print);
  const accumulate = each(({ kind, value }, r) => `sum_${r} = ${joined(kind, `sum_${r}`, `v${value}`)};`);
  const keptDomain = kernel.domain.filter((_, axis) => axis < group[0]!.from || axis >= group[0]!.to);
  const tree = strands === 1 ? { declare: [], fold: [] } : treeLines(group, columns * strands);
  const constants = { kept_size: keptSize, reduced_size: reducedSize, columns, strands, threads: columns * strands };
  const body = fillFrame(reduceFrame, {
    declare: lines(tree.declare, 0),
    begin: lines(each(({ kind }, r) => `var sum_${r} = ${neutral[kind]};`), 2),
    element: leading ? "reduced * kept_size + kept" : "kept * reduced_size + reduced",
    body: lines([...printed.body, ...accumulate], 6),
    fold: lines(tree.fold, 2),
    end: lines(each(({ store }, r) => `store_sum${r}(${address(keptDomain, store.strides, "kept")}, sum_${r});`), 4),
  });
  return {
    label: `map [${kernel.domain.join(", ")}]: ${printed.count} operations, ${stores.length} stores, ` +
      `${group.map(({ kind }) => kind).join(", ")} over axes ${group[0]!.from}..${group[0]!.to - 1}`,
    operands: [
      ...printed.operands,
      ...group.map(({ store }, r): DispatchOperand => ({ name: `sum${r}`, view: store, type: "f32", access: "store" })),
    ],
    parameters: {},
    code: Object.entries(constants).map(([name, value]) => `const ${name} = ${value}u;\n`).join("") + body,
    workgroups: Math.ceil(keptSize / columns),
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

const neutral = { sum: "0f", max: "-infinity()", min: "infinity()" } as const;

function joined(kind: Reduction["kind"], sum: string, value: string): string {
  if (kind === "sum") return `${sum} + ${value}`;
  return kind === "max" ? `select(${sum}, ${value}, ${sum} < ${value})` : `select(${sum}, ${value}, ${value} < ${sum})`;
}

interface Printed {
  readonly body: readonly string[];
  readonly operands: readonly DispatchOperand[];
  readonly count: number;
}

/** The instructions that the stores and reductions need, in order, then the stores. The element's number is `i`. */
function printBody(kernel: MapKernel, stores: readonly Store[], reductions: readonly Reduction[]): Printed {
  const { domain, loads, instructions } = kernel;
  const needed = reachable(kernel, [...stores, ...reductions].map(({ value }) => value));
  const usedLoads = new Set<number>();
  const context = {
    load: (load: number): string => {
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

import infinity from "../../../shaders/lib/infinity.wgsl";
import workgroupNumber from "../../../shaders/lib/workgroup-number.wgsl";
import type { View } from "../../program/program.ts";
import { contiguousStrides } from "../../tensor/shape.ts";

// One kernel launch before it has memory, and how it becomes WGSL. A kernel sees memory as whole pages of 32-bit
// words; where its operands begin comes with its parameters, so the text has no addresses and kernels of one shape
// share a pipeline.

/** A view that a kernel reads, `load_<name>(i)`, or writes, `store_<name>(i, value)`; i counts from its offset. */
export interface DispatchOperand {
  readonly name: string;
  readonly view: View;
  /** f16: f32 numbers kept as halves, two a word; they can be read only. */
  readonly type: "f32" | "i32" | "u32" | "f16";
  readonly access: "load" | "store";
}

export const loads = (name: string, view: View, type: DispatchOperand["type"]): DispatchOperand =>
  ({ name, view, type, access: "load" });
export const stores = (name: string, view: View, type: DispatchOperand["type"]): DispatchOperand =>
  ({ name, view, type, access: "store" });

/** Number of the buffer through which launches of one kernel hand partial results on; a program has one of these. */
export const scratch = -1;

/** The scratch buffer from its beginning. */
export function scratchView(shape: readonly number[]): View {
  return { buffer: scratch, offset: 0, shape, strides: contiguousStrides(shape), dtype: "f32" };
}

/** How many elements of scratch dispatches reach, from the first on. */
export function scratchElements(dispatches: readonly Dispatch[]): number {
  const views = dispatches.flatMap(({ operands }) => operands.map(({ view }) => view));
  return Math.max(0, ...views.filter(({ buffer }) => buffer === scratch).map((view) => lastElement(view) + 1));
}

/** The dispatch with its part of the scratch buffer moved by `offset` elements. */
export function inScratch(dispatch: Dispatch, offset: number): Dispatch {
  const moved = (view: View): View => (view.buffer === scratch ? { ...view, offset: view.offset + offset } : view);
  return { ...dispatch, operands: dispatch.operands.map((operand) => ({ ...operand, view: moved(operand.view) })) };
}

/** The last element that a view reaches, counted from its buffer's first. */
export function lastElement({ offset, shape, strides }: View): number {
  return shape.reduce((last, size, axis) => last + (size - 1) * strides[axis]!, offset);
}

export interface Dispatch {
  readonly label: string;
  readonly operands: readonly DispatchOperand[];
  /** Whole numbers that the code calls `parameters.<name>`. */
  readonly parameters: Readonly<Record<string, number>>;
  /** What follows the declarations of memory. */
  readonly code: string;
  /** What WGSL has to be told to enable. */
  readonly extension?: "subgroups" | undefined;
  readonly workgroups: number;
  /** What it costs, in about as many multiply-adds. */
  readonly work: number;
}

/** Words in front of every parameter block: the bits of infinity, and the width of the dispatch in workgroups. */
const infinityBits = 0x7f800000;
const largestGrid = 65535;

/**
 * How many workgroups in x, y and z: more than 65535 fold into x and y, of which the last row may be idle; z counts the
 * dispatches, which may need fewer than the largest.
 */
export function gridOf(members: readonly Dispatch[]): readonly [number, number, number] {
  const workgroups = Math.max(...members.map((dispatch) => dispatch.workgroups));
  const rows = Math.ceil(workgroups / largestGrid);
  return [Math.ceil(workgroups / rows), rows, members.length];
}

/** The uniform block of a dispatch, in whole vectors; `baseOf` gives the first word of a buffer in its page. */
export function parameterWords(
  dispatch: Dispatch, grid: readonly number[], baseOf: (buffer: number) => number,
): number[] {
  const offsets = dispatch.operands.map(({ view, type }) =>
    (type === "f16" ? 2 : 1) * baseOf(view.buffer) + view.offset);
  const words = [infinityBits, grid[0]!, dispatch.workgroups, ...offsets, ...Object.values(dispatch.parameters)];
  return [...words, ...padding(words.length)];
}

/** What completes so many words to whole vectors of four, as arrays of uniforms want it. */
const padding = (count: number): number[] => new Array<number>(-count & 3).fill(0);

/**
 * The whole WGSL text for a launch of `members` dispatches that differ in their parameters alone: the z of a workgroup
 * says which is its own. `pageOf` numbers the pages of this launch from 0.
 */
export function shaderText(dispatch: Dispatch, pageOf: (buffer: number) => number, members = 1): string {
  const { operands, parameters, code, extension } = dispatch;
  const pages = Math.max(...operands.map(({ view }) => pageOf(view.buffer))) + 1;
  const named = [
    "infinity", "groups_x", "workgroups", ...operands.map(({ name }) => `at_${name}`), ...Object.keys(parameters),
  ];
  const fields = [...named, ...padding(named.length).map((_, i) => `padding_${i}`)];
  const declarations = [
    ...extension ? [`enable ${extension};`] : [],
    `struct Parameters { ${fields.map((field) => `${field}: u32`).join(", ")} }`,
    ...parameterDeclarations(members),
    ...Array.from({ length: pages }, (_, page) =>
      `@group(0) @binding(${page + 1}) var<storage, read_write> page_${page}: array<u32>;`),
    ...operands.map((operand) => accessor(operand, `page_${pageOf(operand.view.buffer)}`)),
  ];
  const entered = members === 1 ? code : code.replace(/fn main\([^{]*\{/, "$&\n  parameters = own_parameters(group);");
  return [...declarations, workgroupNumber, infinity, entered].join("\n");
}

/**
 * `parameters` for everything, and `own_parameters(group)`, the same numbers where the compiler has to see that they
 * are uniform: in what decides whether a barrier is reached.
 */
function parameterDeclarations(members: number): string[] {
  const own = (value: string): string => `fn own_parameters(group: vec3<u32>) -> Parameters { return ${value}; }`;
  if (members === 1) {
    return ["@group(0) @binding(0) var<uniform> parameters: Parameters;", own("parameters")];
  }
  return [
    `@group(0) @binding(0) var<uniform> launch: array<Parameters, ${members}>;`,
    "var<private> parameters: Parameters;", own("launch[group.z]"),
  ];
}

function accessor({ name, type, access }: DispatchOperand, page: string): string {
  if (type === "f16") {
    return `fn load_${name}(i: u32) -> f32 { let at = parameters.at_${name} + i; ` +
      `return unpack2x16float(${page}[at >> 1u])[at & 1u]; }`;
  }
  const word = `${page}[parameters.at_${name} + i]`;
  return access === "load"
    ? `fn load_${name}(i: u32) -> ${type} { return ${type === "u32" ? word : `bitcast<${type}>(${word})`}; }`
    : `fn store_${name}(i: u32, value: ${type}) { ${word} = ${type === "u32" ? "value" : "bitcast<u32>(value)"}; }`;
}

/** Puts text where a frame says `{{name}}`. */
export function fillFrame(frame: string, parts: Readonly<Record<string, string>>): string {
  return frame.replace(/\{\{(\w+)\}\}/g, (_, name: string) => parts[name] ?? "");
}

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
  readonly type: "f32" | "i32" | "u32";
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

export interface Dispatch {
  readonly label: string;
  readonly operands: readonly DispatchOperand[];
  /** Whole numbers that the code calls `parameters.<name>`. */
  readonly parameters: Readonly<Record<string, number>>;
  /** What follows the declarations of memory. */
  readonly code: string;
  readonly workgroups: number;
}

/** Words in front of every parameter block: the bits of infinity, and the width of the dispatch in workgroups. */
const infinityBits = 0x7f800000;
const largestGrid = 65535;

/** How many workgroups in x and y: more than 65535 fold into two dimensions, of which the last row may be idle. */
export function gridOf({ workgroups }: Dispatch): readonly [number, number] {
  const rows = Math.ceil(workgroups / largestGrid);
  return [Math.ceil(workgroups / rows), rows];
}

/** The uniform block of a launch; `baseOf` gives the first word of a buffer in its page. */
export function parameterWords(dispatch: Dispatch, baseOf: (buffer: number) => number): number[] {
  const offsets = dispatch.operands.map(({ view }) => baseOf(view.buffer) + view.offset);
  return [infinityBits, gridOf(dispatch)[0], ...offsets, ...Object.values(dispatch.parameters)];
}

/** The whole WGSL text; `pageOf` numbers the pages of this launch from 0. */
export function shaderText(dispatch: Dispatch, pageOf: (buffer: number) => number): string {
  const { operands, parameters, code } = dispatch;
  const pages = Math.max(...operands.map(({ view }) => pageOf(view.buffer))) + 1;
  const fields = ["infinity", "groups_x", ...operands.map(({ name }) => `at_${name}`), ...Object.keys(parameters)];
  const declarations = [
    `struct Parameters { ${fields.map((field) => `${field}: u32`).join(", ")} }`,
    "@group(0) @binding(0) var<uniform> parameters: Parameters;",
    ...Array.from({ length: pages }, (_, page) =>
      `@group(0) @binding(${page + 1}) var<storage, read_write> page_${page}: array<u32>;`),
    ...operands.map((operand) => accessor(operand, `page_${pageOf(operand.view.buffer)}`)),
  ];
  return [...declarations, workgroupNumber, infinity, code].join("\n");
}

function accessor({ name, type, access }: DispatchOperand, page: string): string {
  const word = `${page}[parameters.at_${name} + i]`;
  return access === "load"
    ? `fn load_${name}(i: u32) -> ${type} { return ${type === "u32" ? word : `bitcast<${type}>(${word})`}; }`
    : `fn store_${name}(i: u32, value: ${type}) { ${word} = ${type === "u32" ? "value" : "bitcast<u32>(value)"}; }`;
}

/** Puts text where a frame says `{{name}}`. */
export function fillFrame(frame: string, parts: Readonly<Record<string, string>>): string {
  return frame.replace(/\{\{(\w+)\}\}/g, (_, name: string) => parts[name] ?? "");
}

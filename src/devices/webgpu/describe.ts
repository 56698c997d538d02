import type { Program } from "../../program/program.ts";
import { gridOf, shaderText, type Dispatch } from "./dispatch.ts";
import { indexDispatch } from "./kernels-to-wgsl.ts";
import { mapDispatches } from "./map-to-wgsl.ts";
import { matmulDispatches, type AdapterKind } from "./matmul-to-wgsl.ts";

/** 0 nothing, 1 the list of kernels, 2 also their WGSL. */
export type DebugLevel = 0 | 1 | 2;

/** The launches of one run, in order. */
export function dispatchesOf({ kernels }: Program, adapter: AdapterKind): Dispatch[] {
  return kernels.flatMap((kernel) => {
    if (kernel.kind === "map") return mapDispatches(kernel, adapter);
    return kernel.kind === "matmul" ? matmulDispatches(kernel, adapter) : [indexDispatch(kernel)];
  });
}

/** What a program does on a GPU, in words: its sizes, one line a dispatch; at level 2 each text where it is new. */
export function describeProgram(program: Program, level: DebugLevel = 1, adapter: AdapterKind = "gpu"): string {
  const dispatches = dispatchesOf(program, adapter);
  return describeDispatches(program, dispatches, dispatches.map((dispatch) => shaderText(dispatch, () => 0)), level);
}

export function describeDispatches(
  program: Program, dispatches: readonly Dispatch[], texts: readonly string[], level: DebugLevel,
): string {
  if (level === 0) return "";
  const { kernels, arenaBytes, work } = program;
  const seen = new Map<string, number>();
  const listing = dispatches.map((dispatch, step) => {
    const text = texts[step]!;
    const first = seen.get(text);
    if (first === undefined) seen.set(text, step);
    const line = `${String(step).padStart(4)}  ${dispatch.label}; ${gridOf(dispatch).join(" x ")} workgroups` +
      (first === undefined ? "" : `; pipeline of ${first}`);
    return level === 2 && first === undefined ? `${line}\n${text}` : line;
  });
  const head = `${kernels.length} kernels, ${dispatches.length} dispatches, ${seen.size} pipelines, ` +
    `${arenaBytes} bytes of arena, ${work.multiplyAdds} multiply-adds, ${work.elements} elements of maps`;
  return [head, ...listing].join("\n");
}

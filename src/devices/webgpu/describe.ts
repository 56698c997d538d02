import type { Program } from "../../program/program.ts";
import { plainGpu, type AdapterTraits } from "./adapter-traits.ts";
import { inScratch, scratchElements, type Dispatch } from "./dispatch.ts";
import { fuseEpilogues, type FusedKernel } from "./epilogues.ts";
import { indexDispatch } from "./kernels-to-wgsl.ts";
import { arenaOf, launchesOf, type Launch } from "./launches.ts";
import { mapDispatches } from "./map-to-wgsl.ts";
import { matmulDispatches, takesEpilogue } from "./matmul-to-wgsl.ts";

/** 0 nothing, 1 the list of kernels, 2 also their WGSL. */
export type DebugLevel = 0 | 1 | 2;

/** Kernels get places of their own in the scratch buffer, so that they can share a launch, until so many are taken. */
const largestScratch = 16 << 20;

/** The dispatches of one run, in order. */
export function dispatchesOf(program: Program, adapter: AdapterTraits): Dispatch[] {
  let taken = 0;
  return fuseEpilogues(program, (kernel) => takesEpilogue(kernel, adapter)).flatMap((fused) => {
    const dispatches = dispatchesOfKernel(fused, adapter);
    const size = scratchElements(dispatches);
    if (taken + size > largestScratch) taken = 0;
    const moved = dispatches.map((dispatch) => inScratch(dispatch, taken));
    taken += size;
    return moved;
  });
}

function dispatchesOfKernel({ kernel, epilogue }: FusedKernel, adapter: AdapterTraits): Dispatch[] {
  if (kernel.kind === "map") return mapDispatches(kernel, adapter);
  return kernel.kind === "matmul" ? matmulDispatches(kernel, adapter, epilogue) : [indexDispatch(kernel)];
}

/**
 * What a program does on an adapter, in words: its sizes, one line a launch; at level 2 each text where it is new. All
 * of it is laid out in one page.
 */
export function describeProgram(
  program: Program, level: DebugLevel = 1, adapter: AdapterTraits = plainGpu,
): string {
  const page = {};
  const { offsets, byteLength } = arenaOf(program);
  let top = byteLength / 4;
  const words = program.buffers.map(({ kind, size }, number) => {
    if (kind === "temporary") return offsets[number]! / 4;
    top += size;
    return top - size;
  });
  const place = (buffer: number) => ({ page, word: words[buffer] ?? top });
  return describeLaunches(program, launchesOf(dispatchesOf(program, adapter), adapter, place), level);
}

export function describeLaunches(program: Program, launches: readonly Launch<unknown>[], level: DebugLevel): string {
  if (level === 0) return "";
  const { kernels, arenaBytes, work } = program;
  const seen = new Map<string, number>();
  const listing = launches.map(({ members, text, grid }, step) => {
    const first = seen.get(text);
    if (first === undefined) seen.set(text, step);
    const label = members.map((dispatch) => dispatch.label).join(" | ");
    const line = `${String(step).padStart(4)}  ${label}; ${grid.join(" x ")} workgroups` +
      (first === undefined ? "" : `; pipeline of ${first}`);
    return level === 2 && first === undefined ? `${line}\n${text}` : line;
  });
  const head = `${kernels.length} kernels, ${launches.length} dispatches, ${seen.size} pipelines, ` +
    `${arenaBytes} bytes of arena, ${work.multiplyAdds} multiply-adds, ${work.elements} elements of maps`;
  return [head, ...listing].join("\n");
}

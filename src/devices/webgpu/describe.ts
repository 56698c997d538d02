import type { Program } from "../../program/program.ts";
import { plainGpu, type AdapterTraits } from "./adapter-traits.ts";
import { launchesOf, type Launch } from "./launches.ts";
import { dispatchesOf, onePage } from "./program-dispatches.ts";

/** 0 nothing, 1 the list of kernels, 2 also their WGSL. */
export type DebugLevel = 0 | 1 | 2;

/**
 * What a program does on an adapter, in words: its sizes, one line a launch; at level 2 each text where it is new. All
 * of it is laid out in one page.
 */
export function describeProgram(program: Program, level: DebugLevel = 1, adapter: AdapterTraits = plainGpu): string {
  const launches = launchesOf(dispatchesOf(program, adapter), adapter, onePage(program));
  return describeLaunches(program, launches, level);
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

import type { Program } from "../../program/program.ts";
import type { AdapterTraits } from "./adapter-traits.ts";
import { inScratch, scratchElements, type Dispatch } from "./dispatch.ts";
import { fuseEpilogues, type FusedKernel } from "./epilogues.ts";
import { indexDispatch } from "./kernels-to-wgsl.ts";
import { arenaOf, launchesOf, type Place } from "./launches.ts";
import { splitAlikeParts } from "./map-parts.ts";
import { mapDispatches } from "./map-to-wgsl.ts";
import { matmulDispatches, takesEpilogue } from "./matmul-to-wgsl.ts";

/** Kernels get places of their own in the scratch buffer, so that they can share a launch, until so many are taken. */
const largestScratch = 16 << 20;

/**
 * The dispatches of one run, in order. On a GPU maps go in parts that follow matmuls, with the sums that end them left
 * behind, unless that takes more launches than maps as the compiler made them.
 */
export function dispatchesOf(program: Program, adapter: AdapterTraits): Dispatch[] {
  const whole = dispatchesWith(program, adapter, false);
  if (adapter.kind === "cpu") return whole;
  const inParts = dispatchesWith({ ...program, kernels: splitAlikeParts(program) }, adapter, true);
  const place = onePage(program);
  const launches = (dispatches: readonly Dispatch[]): number => launchesOf(dispatches, adapter, place).length;
  return launches(inParts) <= launches(whole) ? inParts : whole;
}

function dispatchesWith(program: Program, adapter: AdapterTraits, leavesSums: boolean): Dispatch[] {
  let taken = 0;
  return fuseEpilogues(program, (kernel) => takesEpilogue(kernel, adapter), leavesSums).flatMap((fused) => {
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

/** A layout of the program's buffers, the scratch buffer last, in one page: for planning before there is memory. */
export function onePage(program: Program): (buffer: number) => Place<object> {
  const page = {};
  const { offsets, byteLength } = arenaOf(program);
  let top = byteLength / 4;
  const words = program.buffers.map(({ kind, size }, number) => {
    if (kind === "temporary") return offsets[number]! / 4;
    top += size;
    return top - size;
  });
  return (buffer) => ({ page, word: words[buffer] ?? top });
}

import type { Kernel, Program, View } from "../../program/program.ts";
import { lastElement } from "./dispatch.ts";
import { arenaOf } from "./launches.ts";

export function readsOf(kernel: Kernel): View[] {
  switch (kernel.kind) {
    case "map": return [...kernel.loads];
    case "matmul": return [kernel.a, kernel.b, ...kernel.bias ? [kernel.bias] : []];
    case "linear-scan": return [kernel.x, kernel.a];
    case "argmax": return [kernel.x];
    case "random-bits": return [kernel.state];
    default: return [kernel.x, kernel.index];
  }
}

export function writesOf(kernel: Kernel): View[] {
  if (kernel.kind !== "map") return [kernel.y];
  return [...kernel.stores.map(({ view }) => view), ...kernel.reductions.map(({ store }) => store)];
}

/** Whether two views share memory: temporaries may lie where others lay. */
export function overlapIn(program: Program): (one: View, two: View) => boolean {
  const { offsets } = arenaOf(program);
  const rangeOf = (view: View) => {
    const { kind } = program.buffers[view.buffer]!;
    const first = kind === "temporary" ? offsets[view.buffer]! / 4 : 0;
    const memory = kind === "temporary" ? -1 : view.buffer;
    return { memory, from: first + view.offset, to: first + lastElement(view) };
  };
  return (one, two) => {
    const [a, b] = [rangeOf(one), rangeOf(two)];
    return a.memory === b.memory && a.from <= b.to && b.from <= a.to;
  };
}

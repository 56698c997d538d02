import type { Program } from "../../program/program.ts";
import type { AdapterTraits } from "./adapter-traits.ts";
import { gridOf, lastElement, shaderText, type Dispatch } from "./dispatch.ts";

// Dispatches of one text that do not depend on each other become one launch: twin critics, actor and critic of one
// shape. A launch costs a GPU much the same for one kernel as for four, and small kernels fill it better together.

/** Dispatches that go to the GPU together; they differ in their parameters alone. */
export interface Launch<P> {
  readonly members: readonly Dispatch[];
  readonly text: string;
  readonly grid: readonly [number, number, number];
  /** The pages that it touches, in the order of its first dispatch's operands. */
  readonly pages: readonly P[];
}

/** Where a buffer is: a page, and its first word there. */
export interface Place<P> {
  readonly page: P;
  readonly word: number;
}

/** Kernels of one launch at most. */
export const largestLaunch = 8;

/** The launches of one run, in order. An adapter that computes on a CPU gains nothing from sharing them. */
export function launchesOf<P extends object>(
  dispatches: readonly Dispatch[], adapter: AdapterTraits, place: (buffer: number) => Place<P>,
): Launch<P>[] {
  const pageNumbers = new Map<P, number>();
  const numberOf = (page: P): number => {
    if (!pageNumbers.has(page)) pageNumbers.set(page, pageNumbers.size);
    return pageNumbers.get(page)!;
  };
  const pages = dispatches.map(({ operands }) => [...new Set(operands.map(({ view }) => place(view.buffer).page))]);
  const textOf = (number: number, members: number): string =>
    shaderText(dispatches[number]!, (buffer) => pages[number]!.indexOf(place(buffer).page), members);
  const plan = adapter.kind === "cpu" ? dispatches.map((_, number) => [number]) : planLaunches(
    dispatches.map((_, number) => `${pages[number]!.map(numberOf)} ${textOf(number, 1)}`),
    dispatches.map((dispatch) => accessesOf(dispatch, place)),
  );
  return plan.map((numbers) => {
    const members = numbers.map((number) => dispatches[number]!);
    return { members, text: textOf(numbers[0]!, members.length), grid: gridOf(members), pages: pages[numbers[0]!]! };
  });
}

/** Words of a page, both ends included, that a dispatch reads or writes. */
export interface Access {
  readonly page: object;
  readonly from: number;
  readonly to: number;
  readonly writes: boolean;
}

function accessesOf<P extends object>({ operands }: Dispatch, place: (buffer: number) => Place<P>): Access[] {
  return operands.map(({ view, type, access }) => {
    const { page, word } = place(view.buffer);
    const from = type === "f16" ? view.offset >> 1 : view.offset;
    return { page, from: word + from, to: word + lastElement(view), writes: access === "store" };
  });
}

interface Waiting {
  readonly number: number;
  readonly key: string;
  /** Dispatches that have to come before it, not yet launched. */
  readonly before: Set<number>;
  /** Dispatches of the longest chain that waits for it. */
  readonly height: number;
}

/**
 * The numbers of the dispatches of each launch, in an order that keeps every dependence between dispatches. Those of
 * equal keys may share one.
 */
export function planLaunches(keys: readonly string[], accesses: readonly (readonly Access[])[]): number[][] {
  let waiting = dependences(keys, accesses);
  const launches: number[][] = [];
  while (waiting.length > 0) {
    const ready = waiting.filter(({ before }) => before.size === 0);
    // A kernel whose like is still to come waits for it, unless nothing else can go on; then the longest chain does.
    const later = new Set(waiting.filter(({ before }) => before.size > 0).map(({ key }) => key));
    const { key } = ready.find((each) => !later.has(each.key)) ??
      ready.reduce((best, each) => (each.height > best.height ? each : best));
    const launch = ready.filter((each) => each.key === key).slice(0, largestLaunch).map(({ number }) => number);
    launches.push(launch);
    waiting = waiting.filter(({ number }) => !launch.includes(number));
    for (const { before } of waiting) for (const number of launch) before.delete(number);
  }
  return launches;
}

function dependences(keys: readonly string[], accesses: readonly (readonly Access[])[]): Waiting[] {
  const before = keys.map((_, number) => {
    const earlier = [...keys.keys()].slice(0, number);
    return new Set(earlier.filter((other) =>
      accesses[number]!.some((one) => accesses[other]!.some((two) => clash(one, two)))));
  });
  const heights = keys.map(() => 0);
  for (let number = keys.length - 1; number >= 0; number--) {
    for (const other of before[number]!) heights[other] = Math.max(heights[other]!, 1 + heights[number]!);
  }
  return keys.map((key, number) => ({ number, key, before: before[number]!, height: heights[number]! }));
}

function clash(one: Access, two: Access): boolean {
  return (one.writes || two.writes) && one.page === two.page && one.from <= two.to && two.from <= one.to;
}

/** Temporaries that take no more than this together lie apart: who reuses memory of another has to come after it. */
const largestSpread = 128 << 20;
const alignment = 64;

/** Byte offsets of a program's temporaries, by the number of their buffer, and the size of their arena. */
export function arenaOf({ buffers, arenaBytes }: Program): { offsets: readonly number[]; byteLength: number } {
  let top = 0;
  const spread = buffers.map(({ kind, size }) => {
    const offset = top;
    if (kind === "temporary") top += Math.ceil(4 * size / alignment) * alignment;
    return offset;
  });
  if (top <= Math.max(arenaBytes, largestSpread)) return { offsets: spread, byteLength: top };
  return { offsets: buffers.map(({ arenaOffset }) => arenaOffset), byteLength: arenaBytes };
}

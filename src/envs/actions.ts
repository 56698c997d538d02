import { BregmanError } from "../error.ts";
import type { BoxSpace, PlainSpace, Space, SpaceValue } from "./spaces.ts";
import { boxSize, choices, describe, hasParts, highAt, lowAt, parts, plainParts, rawLayout } from "./spaces.ts";

// Actions as rows of numbers: one number a choice, the elements of a box, the parts of dict and tuple one after the
// other.

/** Numbers of an action, and whether all of them are integers: rows with parts are float32, whatever the parts are. */
export function actionLayout(space: Space): { size: number; integer: boolean } {
  if (!hasParts(space)) return rawLayout(space);
  return { size: plainParts(space).reduce((sum, [, part]) => sum + rawLayout(part).size, 0), integer: false };
}

/** The action of a row that begins at `at`, as environments take it: boxes clipped, arrays fresh. */
export function actionAt(space: Space, row: Float32Array | Int32Array, at = 0): SpaceValue {
  if (hasParts(space)) {
    const values = parts(space).map(([key, part]): [string, SpaceValue] => {
      const from = at;
      at += actionLayout(part).size;
      return [key, actionAt(part, row, from)];
    });
    return space.kind === "dict" ? Object.fromEntries(values) : values.map(([, value]) => value);
  }
  if (space.kind === "discrete") return row[at]!;
  const own = row.subarray(at, at + rawLayout(space).size);
  if (space.kind !== "box") return Int32Array.from(own);
  return Float32Array.from(own, (value, i) => clipped(space, value, i));
}

/** Copies `count` actions, those of boxes clipped. */
export function clipActions(
  space: Space, actions: ArrayLike<number>, count: number, out: Float32Array | Int32Array,
): void {
  let at = 0;
  for (let row = 0; row < count; row++) {
    for (const [, part] of plainParts(space)) {
      const size = rawLayout(part).size;
      for (let i = 0; i < size; i++, at++) {
        out[at] = part.kind === "box" ? clipped(part, actions[at]!, i) : actions[at]!;
      }
    }
  }
}

function clipped(box: BoxSpace, value: number, i: number): number {
  return Math.min(Math.max(value, lowAt(box, i)), highAt(box, i));
}

/**
 * Throws `invalid-action` unless `actions` are the actions of `count` copies in a row: integers of their ranges, or
 * finite numbers (which may lie outside the box: environments clip).
 */
export function checkActions(space: Space, actions: ArrayLike<number>, count: number, name: string): void {
  const ranges = rangesOf(space);
  const size = ranges.length;
  if (typeof actions !== "object" || actions.length !== size * count) {
    throw new BregmanError("invalid-action",
      `${name}: actions: expected ${size * count} numbers (${count} copies, ${size} each), got ${describe(actions)}`);
  }
  const first = size === 1 ? ranges[0] : undefined;
  const [start, n] = first ? [first.start, first.n] : [0, 0];
  for (let i = 0; i < actions.length; i++) {
    if (isAmong(actions[i]! - start, n)) continue;
    const value = actions[i]!;
    const range = ranges[i % size];
    if (range ? isAmong(value - range.start, range.n) : Number.isFinite(value)) continue;
    const expected = range ? `an integer from ${range.start} to ${range.start + range.n - 1}` : "a finite number";
    throw new BregmanError("invalid-action",
      `${name}: actions[${i}] (copy ${Math.floor(i / size)}): expected ${expected}, got ${describe(value)}`);
  }
}

/** The integers that a number of an action may be; undefined for an element of a box. */
type Range = { readonly start: number; readonly n: number } | undefined;

const knownRanges = new WeakMap<Space, readonly Range[]>();

/** The range of each number of an action; found once for each space, for steps are many. */
function rangesOf(space: Space): readonly Range[] {
  let ranges = knownRanges.get(space);
  if (!ranges) knownRanges.set(space, ranges = plainParts(space).flatMap(([, part]) => rangesOfPart(part)));
  return ranges;
}

function rangesOfPart(space: PlainSpace): Range[] {
  if (space.kind === "box") return new Array(boxSize(space)).fill(undefined);
  const start = space.kind === "discrete" ? space.start ?? 0 : 0;
  return choices(space)!.map((n) => ({ start, n }));
}

/** Whether a number is one of 0..n-1. */
function isAmong(value: number, n: number): boolean {
  return (value | 0) === value && value >= 0 && value < n;
}

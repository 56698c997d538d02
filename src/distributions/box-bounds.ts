import { BregmanError } from "../error.ts";
import type { BoxSpace } from "../envs/spaces.ts";

// How actions in units of the half box become actions in the box, as numbers.

export interface BoxUnits {
  readonly middle: readonly number[];
  /** Half widths. */
  readonly half: readonly number[];
}

/** Throws `invalid-space` for bounds that are not finite. */
export function boxUnits(low: number | ArrayLike<number>, high: number | ArrayLike<number>, size: number): BoxUnits {
  const [lows, highs] = [boundsOf("low", low, size), boundsOf("high", high, size)];
  return {
    middle: lows.map((value, i) => (value + highs[i]!) / 2),
    half: lows.map((value, i) => (highs[i]! - value) / 2),
  };
}

function boundsOf(name: string, bound: number | ArrayLike<number>, size: number): number[] {
  const values = typeof bound === "number" ? new Array<number>(size).fill(bound) : Array.from(bound);
  if (values.length !== size || !values.every(Number.isFinite)) {
    throw new BregmanError("invalid-space", `${name}: scaling needs ${size} finite bounds, got ${values.join(", ")}`);
  }
  return values;
}

/** Bounds beyond this mean "none" and are no scale to act on. */
const widestScale = 1e6;

/** Whether a box has a scale to act on. */
export function isBounded({ low, high }: BoxSpace): boolean {
  const bounds = [low, high].flatMap((bound) => (typeof bound === "number" ? [bound] : Array.from(bound)));
  return bounds.every((bound) => Math.abs(bound) <= widestScale);
}

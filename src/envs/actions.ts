import { BregmanError } from "../error.ts";
import type { Space } from "./spaces.ts";
import { choices, describe, rawLayout } from "./spaces.ts";

/**
 * Throws `invalid-action` unless `actions` are the actions of `count` copies in a row: integers of their ranges, or
 * finite numbers (which may lie outside the box: environments clip).
 */
export function checkActions(space: Space, actions: ArrayLike<number>, count: number, name: string): void {
  const { size } = rawLayout(space);
  if (typeof actions !== "object" || actions.length !== size * count) {
    throw new BregmanError("invalid-action",
      `${name}: actions: expected ${size * count} numbers (${count} copies, ${size} each), got ${describe(actions)}`);
  }
  const heads = choices(space);
  const start = space.kind === "discrete" ? space.start ?? 0 : 0;
  const [range] = heads?.length === 1 ? heads : [0];
  for (let i = 0; i < actions.length; i++) {
    if (isAmong(actions[i]! - start, range!)) continue;
    const value = actions[i]!;
    if (heads ? isAmong(value - start, heads[size === 1 ? 0 : i % size]!) : Number.isFinite(value)) continue;
    const expected = heads ? `an integer from ${start} to ${start + heads[i % size]! - 1}` : "a finite number";
    throw new BregmanError("invalid-action",
      `${name}: actions[${i}] (copy ${Math.floor(i / size)}): expected ${expected}, got ${describe(value)}`);
  }
}

/** Whether a number is one of 0..n-1. */
function isAmong(value: number, n: number): boolean {
  return (value | 0) === value && value >= 0 && value < n;
}

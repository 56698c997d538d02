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
  for (let i = 0; i < actions.length; i++) {
    const value = actions[i]!;
    const where = () => `${name}: actions[${i}] (copy ${Math.floor(i / size)})`;
    if (heads) {
      const n = heads[i % size]!;
      if (!Number.isInteger(value) || value < start || value >= start + n) {
        throw new BregmanError("invalid-action",
          `${where()}: expected an integer from ${start} to ${start + n - 1}, got ${describe(value)}`);
      }
    } else if (!Number.isFinite(value)) {
      throw new BregmanError("invalid-action",
        `${where()}: expected a finite number, got ${describe(value)}`);
    }
  }
}

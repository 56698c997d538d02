import { startOf } from "../envs/raw-values.ts";
import { highAt, lowAt, type Space } from "../envs/spaces.ts";

export type Action = number | Float32Array | Int32Array;

/**
 * From the numbers that a policy computes to actions as the environment takes them: `size` numbers in rows of `width`.
 * Those of a box are clipped to it: the network scores the unclipped one.
 */
export function writeActions(
  space: Space, actions: Float32Array | Int32Array, size: number, width: number, out: Float32Array | Int32Array,
): void {
  if (space.kind !== "box") {
    const start = startOf(space);
    for (let i = 0; i < size; i++) out[i] = actions[i]! + start;
    return;
  }
  for (let column = 0; column < width; column++) {
    const low = lowAt(space, column);
    const high = highAt(space, column);
    for (let i = column; i < size; i += width) out[i] = Math.max(low, Math.min(high, actions[i]!));
  }
}

import type { Space } from "../envs/spaces.ts";
import { BregmanError } from "../error.ts";
import type { ObservationWriter } from "./observation-writer.ts";

/**
 * `n` observations, as rows of `width` numbers from the start of `out`: an array of raw ones, or for box spaces one
 * flat array. Throws `invalid-observation` for another number of them, another shape or numbers not finite.
 */
export function writeBatch(
  space: Space, write: ObservationWriter, width: number, observations: ArrayLike<unknown>, n: number, out: Float32Array,
): void {
  const isFlat = space.kind === "box" && typeof observations[0] === "number";
  const expected = isFlat ? n * width : n;
  if (observations.length !== expected) {
    throw new BregmanError("invalid-observation", `actBatch: expected ${n} ` +
      `${isFlat ? `rows of ${width} numbers` : "observations"}, got ${observations.length}`);
  }
  if (!isFlat) {
    for (let row = 0; row < n; row++) write(observations[row], out, row * width);
    return;
  }
  out.set(observations as ArrayLike<number>);
  checkFinite(out, expected);
}

function checkFinite(values: Float32Array, length: number): void {
  // Most often a sum of zeros settles it: two of them, so that one need not wait for the other.
  let [even, odd] = [0, 0];
  for (let i = 1; i < length; i += 2) {
    even += values[i - 1]! * 0;
    odd += values[i]! * 0;
  }
  if (even + odd + values[length - 1]! * 0 === 0) return;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    if (!(value - value === 0)) {
      throw new BregmanError("invalid-observation",
        `actBatch: observations[${i}] is ${value}; expected a finite number`);
    }
  }
}

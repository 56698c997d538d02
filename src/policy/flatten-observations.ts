import { checkObservation } from "../envs/environment-checks.ts";
import { flatten } from "../envs/space-values.ts";
import { boxSize, describe, type Space, type SpaceValue } from "../envs/spaces.ts";
import { BregmanError } from "../error.ts";

// From raw observations, checked, to rows as networks take them.

/** One observation, at `offset` of `out`. Throws `invalid-observation` for another shape or numbers not finite. */
export function flattenObservation(space: Space, observation: SpaceValue, out: Float32Array, offset: number): void {
  if (space.kind === "box") {
    const values = observation as ArrayLike<number>;
    const size = boxSize(space);
    if (typeof values !== "object" || values === null || values.length !== size) {
      throw new BregmanError("invalid-observation",
        `act: expected an observation of ${size} numbers (shape [${space.shape}]), ` +
        `got ${describe(observation)}`);
    }
    for (let i = 0; i < size; i++) {
      const value = values[i]!;
      if (!(value - value === 0)) {
        throw new BregmanError("invalid-observation",
          `act: observation[${i}] is ${String(value)}; expected a finite number`);
      }
      out[offset + i] = value;
    }
    return;
  }
  checkObservation(space, observation, "act");
  flatten(space, observation, out, offset);
}

/**
 * `n` observations, as rows of `width` numbers from the start of `out`: an array of raw ones, or for box spaces one
 * flat array. Throws `invalid-observation` for another number of them, another shape or numbers not finite.
 */
export function flattenObservations(
  space: Space, width: number, observations: ArrayLike<number> | readonly SpaceValue[], n: number, out: Float32Array,
): void {
  const isFlat = space.kind === "box" && typeof observations[0] === "number";
  if (!isFlat) {
    if (observations.length !== n) {
      throw new BregmanError("invalid-observation",
        `actBatch: expected ${n} observations, got ${observations.length}`);
    }
    for (let row = 0; row < n; row++) {
      flattenObservation(space, (observations as readonly SpaceValue[])[row]!, out, row * width);
    }
    return;
  }
  if (observations.length !== n * width) {
    throw new BregmanError("invalid-observation",
      `actBatch: expected ${n} rows of ${width} numbers, got ${observations.length} numbers`);
  }
  out.set(observations as ArrayLike<number>);
  checkFinite(out, n * width);
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

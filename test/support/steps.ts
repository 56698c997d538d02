import type { Geometry } from "../../src/maps/geometry/geometry.ts";
import { mirrorStep, softMirrorStep } from "../../src/maps/geometry/mirror-step.ts";
import { negativeEntropy } from "../../src/maps/geometry/negative-entropy.ts";
import { squaredNorm } from "../../src/maps/geometry/squared-norm.ts";
import { tsallisEntropy } from "../../src/maps/geometry/tsallis-entropy.ts";

// The exact steps by the names that tests call them.

type Step = (policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number) => Float64Array;
const stepOf = (geometry: Geometry): Step => (policy, signal, stepSize) =>
  mirrorStep(geometry, policy, signal, stepSize);

export const klStep = stepOf(negativeEntropy);
export const euclideanStep = stepOf(squaredNorm);

export function tsallisStep(
  policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number, index: number,
): Float64Array {
  return mirrorStep(tsallisEntropy(index), policy, signal, stepSize);
}

export function softKlStep(
  policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number, temperature: number,
): Float64Array {
  return softMirrorStep(negativeEntropy, policy, signal, stepSize, temperature);
}

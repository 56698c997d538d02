import type { Geometry } from "../maps/geometry/geometry.ts";
import { mirrorStep } from "../maps/geometry/mirror-step.ts";
import type { TabularPolicy } from "./mdp.ts";

/** The mirror step of every state: rows of `actions` entries of the policy [S, A] move by their rows of the signal. */
export function stepStates(
  geometry: Geometry, policy: TabularPolicy, signal: Float64Array, actions: number, stepSize: number,
): TabularPolicy {
  const next = new Float64Array(policy.length);
  for (let at = 0; at < next.length; at += actions) {
    const end = at + actions;
    next.set(mirrorStep(geometry, policy.subarray(at, end), signal.subarray(at, end), stepSize), at);
  }
  return next;
}

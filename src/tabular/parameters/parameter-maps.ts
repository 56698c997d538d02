import { BregmanError } from "../../error.ts";
import { softmax } from "../../maps/geometry/negative-entropy.ts";
import { dualIndex, normLink } from "../../maps/norm-link.ts";
import { log64 } from "../../math/float64.ts";
import type { Mdp } from "../mdp.ts";
import type { TrajectorySource } from "./trajectories.ts";
import { meanFisher } from "./trajectory-gradients.ts";

/** A mirror map psi on parameters, by its step. */
export interface ParameterMap {
  readonly id: string;
  /** argmax_x <u, x> - 1/size D_psi(x, theta), a fresh array. */
  step(parameters: Float64Array, direction: Float64Array, size: number): Float64Array;
}

/** psi = |x|_p^2 / 2: the step adds size u to the link of theta. p = 2 is plain ascent, to the bit. */
export function normMap(p: number): ParameterMap {
  normLink([], p);
  return {
    id: `norm ${p}`,
    step: (parameters, direction, size) =>
      normLink(normLink(parameters, p).map((y, i) => y + size * direction[i]!), dualIndex(p)),
  };
}

/** psi = x' diag(sqrt v + 1e-8) x / 2, v a running mean of u^2, corrected for its start, as in Adam. It remembers. */
export function diagonalMap(decay = 0.999): ParameterMap {
  if (!(decay >= 0 && decay < 1)) {
    throw new BregmanError("invalid-option", `decay: expected a number in [0, 1), got ${decay}`);
  }
  let squares: Float64Array | undefined;
  let share = 1;
  return {
    id: "diagonal",
    step: (parameters, direction, size) => {
      squares = direction.map((u, i) => decay * (squares?.[i] ?? 0) + (1 - decay) * u * u);
      share *= decay;
      return parameters.map((x, i) => x + size * direction[i]! / (Math.sqrt(squares![i]! / (1 - share)) + 1e-8));
    },
  };
}

/**
 * psi = sum |x| log |x| among parameters of the signs and of the norm |x|_1 of theta:
 * |x| ~ |theta| e^{size sign(theta) u}. A parameter of 0 stays 0.
 */
export const entropyMap: ParameterMap = {
  id: "entropy of normalized sizes",
  step: (parameters, direction, size) => {
    const sign = (x: number): number => (x < 0 ? -1 : 1);
    const norm = parameters.reduce((sum, x) => sum + Math.abs(x), 0);
    const shares = softmax(parameters.map((x, i) => log64(Math.abs(x)) + size * sign(x) * direction[i]!));
    return norm === 0 ? parameters.slice() : shares.map((share, i) => sign(parameters[i]!) * norm * share);
  },
};

/**
 * psi = x' F x / 2 with the Fisher information F of the trajectories of `source`: natural ascent. F^{-1} u is
 * approached by `iterations` gradient steps of size `rate` on E <w, score>^2 / 2 - <u, w> from w = 0, each on fresh
 * trajectories (with all of them, and enough steps, exactly: u lies in the range of F).
 */
export function fisherMap(
  mdp: Mdp, source: TrajectorySource, { iterations = 50, rate = 1 }: { iterations?: number; rate?: number } = {},
): ParameterMap {
  return {
    id: "Fisher information",
    step: (parameters, direction, size) => {
      let w = new Float64Array(parameters.length) as Float64Array;
      for (let k = 0; k < iterations; k++) {
        const product = meanFisher(mdp, parameters, source(parameters), w);
        w = w.map((x, i) => x + rate * (direction[i]! - product[i]!));
      }
      return parameters.map((x, i) => x + size * w[i]!);
    },
  };
}

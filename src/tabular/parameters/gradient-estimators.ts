import type { RandomSource } from "../../random/streams.ts";
import type { Mdp } from "../mdp.ts";
import { expectCounts } from "../checks.ts";
import type { TrajectorySource } from "./trajectories.ts";
import { meanCurvature, meanGradient, reweighted } from "./trajectory-gradients.ts";

/** Estimates grad J along a path of parameters, one call a step. Made anew for each run: it remembers. */
export interface GradientEstimator {
  readonly id: string;
  /** u_t at theta_t, a fresh array. It points uphill, from the first on. */
  next(parameters: Float64Array): Float64Array;
}

/** A number, or one for each iteration from 0 on. */
export type Rule = number | ((iteration: number) => number);

export const ruleAt = (rule: Rule, iteration: number): number => (typeof rule === "number" ? rule : rule(iteration));

/** u_t = a g_t + (1 - a) u_{t-1} from u_0 = g_0 on (BGPO); a = 1 is the mean of each batch. */
export function momentum(mdp: Mdp, source: TrajectorySource, share: Rule = 1): GradientEstimator {
  return along("momentum", (now, t, past) => {
    const g = meanGradient(mdp, now, source(now));
    const a = ruleAt(share, t);
    return past ? g.map((x, i) => a * x + (1 - a) * past.estimate[i]!) : g;
  });
}

/**
 * u_t = g_t + (1 - a) (u_{t-1} - w g'_t) from u_0 = g_0 on: g' is the gradient at theta_{t-1} on the trajectories of
 * theta_t, w = P(tau | theta_{t-1}) / P(tau | theta_t) within `range` (VR-BGPO, a STORM estimator; its bias is what the
 * range cuts).
 */
export function recursiveMomentum(
  mdp: Mdp, source: TrajectorySource, share: Rule, range: readonly [number, number] = [0.2, 1.2],
): GradientEstimator {
  return along("recursive momentum", (now, t, past) => {
    const batch = source(now);
    const g = meanGradient(mdp, now, batch);
    if (!past) return g;
    const before = meanGradient(mdp, past.parameters, reweighted(mdp, batch, now, past.parameters, range));
    const kept = 1 - ruleAt(share, t);
    return g.map((x, i) => x + kept * (past.estimate[i]! - before[i]!));
  });
}

/**
 * VRMPO's epochs of `length` steps, SARAH: G from a large batch, then over small ones G_t = G_{t-1} + mean of
 * g(theta_t) - w g(theta_{t-1}). Recursive momentum that forgets everything once an epoch and nothing in between.
 * Throws `invalid-option` for a length that is no positive integer.
 */
export function epochs(
  mdp: Mdp, large: TrajectorySource, small: TrajectorySource, length: number,
): GradientEstimator {
  expectCounts({ length });
  let call = 0;
  const begins = (t: number): boolean => t % length === 0;
  const source: TrajectorySource = (now) => (begins(call++) ? large : small)(now);
  const { next } = recursiveMomentum(mdp, source, (t) => (begins(t) ? 1 : 0), [0, Infinity]);
  return { id: "recursion in epochs", next };
}

/**
 * u_t = a g_t + (1 - a) (u_{t-1} + H(tau') (theta_t - theta_{t-1})) from u_0 = g_0 on (NPG-HM): H is taken at a point
 * uniform on the segment, on trajectories drawn there, so that its mean is grad J(theta_t) - grad J(theta_{t-1}) and no
 * importance weight is needed.
 */
export function hessianMomentum(
  mdp: Mdp, source: TrajectorySource, share: Rule, random: Pick<RandomSource, "uniform">,
  curvatureSource: TrajectorySource = source,
): GradientEstimator {
  return along("Hessian-aided momentum", (now, t, past) => {
    const g = meanGradient(mdp, now, source(now));
    if (!past) return g;
    const moved = now.map((x, i) => x - past.parameters[i]!);
    const part = random.uniform();
    const between = past.parameters.map((x, i) => x + part * moved[i]!);
    const change = meanCurvature(mdp, between, curvatureSource(between), moved);
    const a = ruleAt(share, t);
    return g.map((x, i) => a * x + (1 - a) * (past.estimate[i]! + change[i]!));
  });
}

interface Past {
  readonly parameters: Float64Array;
  readonly estimate: Float64Array;
}

/** An estimator from its rule for u_t, given what it saw and said before. */
function along(
  id: string, rule: (now: Float64Array, iteration: number, past: Past | undefined) => Float64Array,
): GradientEstimator {
  let iteration = 0;
  let past: Past | undefined;
  return {
    id,
    next: (parameters) => {
      const estimate = rule(parameters, iteration++, past);
      past = { parameters: parameters.slice(), estimate };
      return estimate.slice();
    },
  };
}

import { negativeEntropy, softmax } from "../../maps/geometry/negative-entropy.ts";
import { dot } from "../../maps/geometry/vectors.ts";
import { log64 } from "../../math/float64.ts";
import { expectCounts, expectPositive } from "../checks.ts";

/** What learns inside: an ascent direction that depends on one number w, the meta-parameter. */
export interface InnerObjective {
  /** g(theta, w). */
  gradient(parameters: Float64Array, meta: number): Float64Array;
  /** dg/dw along a path of parameters whose derivative is `change`: (dg/dtheta) change + dg/dw. */
  tangent(parameters: Float64Array, meta: number, change: Float64Array): Float64Array;
}

/** How far parameters are from a target that stands still, and the slope of that in the parameters. */
export type Matching = (parameters: Float64Array, target: Float64Array) => { value: number; slope: Float64Array };

/** |theta - target|^2 / 2. */
export const squaredMatching: Matching = (parameters, target) => {
  const slope = parameters.map((x, i) => x - target[i]!);
  return { value: dot(slope, slope) / 2, slope };
};

/** KL(softmax target || softmax theta), of one row of logits. */
export const policyMatching: Matching = (parameters, target) => {
  const [policy, wanted] = [softmax(parameters), softmax(target)];
  return { value: negativeEntropy.divergence(wanted, policy), slope: policy.map((p, a) => p - wanted[a]!) };
};

export interface MetaChoices {
  readonly stepSize: number;
  /** K, updates that w takes part in. */
  readonly innerSteps: number;
  /** L, further updates to the target: L - 1 with w, the last with the plain objective, of w = 0. */
  readonly bootstrapSteps: number;
  readonly matching: Matching;
}

/**
 * mu(w) = matching(theta_K(w), target) and d mu / dw, the target held fixed (BMG, Flennerhag et al. 2022);
 * d theta_k / dw is carried forward, from 0: d theta_{k+1} = d theta_k + step (dg/dtheta d theta_k + dg/dw). With L = 1
 * and squared matching it is the plain meta-gradient -step <grad J(theta_K), d theta_K / dw>. Throws `invalid-option`.
 */
export function bootstrappedMetaGradient(
  objective: InnerObjective, first: ArrayLike<number>, meta: number,
  { stepSize, innerSteps, bootstrapSteps, matching }: MetaChoices,
): { readonly parameters: Float64Array; readonly target: Float64Array; readonly loss: number; readonly slope: number } {
  expectCounts({ innerSteps, bootstrapSteps });
  expectPositive({ stepSize });
  const moved = (x: Float64Array, by: Float64Array): Float64Array => x.map((value, i) => value + stepSize * by[i]!);
  let parameters: Float64Array = Float64Array.from(first);
  let change: Float64Array = new Float64Array(parameters.length);
  for (let k = 0; k < innerSteps; k++) {
    change = moved(change, objective.tangent(parameters, meta, change));
    parameters = moved(parameters, objective.gradient(parameters, meta));
  }
  let target = parameters;
  for (let l = 1; l <= bootstrapSteps; l++) {
    target = moved(target, objective.gradient(target, l === bootstrapSteps ? 0 : meta));
  }
  const { value, slope } = matching(parameters, target);
  return { parameters, target, loss: value, slope: dot(slope, change) };
}

/** The gradient of <p, r> + w H(p) in the logits of p: p_a (c_a - <p, c>) with c = r - w log p. */
export function entropyBandit(rewards: ArrayLike<number>): InnerObjective {
  const parts = (parameters: Float64Array, meta: number) => {
    const policy = softmax(parameters);
    const logs = policy.map(log64);
    const scores = logs.map((log, a) => rewards[a]! - meta * log);
    return { policy, logs, centred: scores.map((c) => c - dot(policy, scores)) };
  };
  return {
    gradient: (parameters, meta) => {
      const { policy, centred } = parts(parameters, meta);
      return policy.map((p, a) => p * centred[a]!);
    },
    tangent: (parameters, meta, change) => {
      const { policy, logs, centred } = parts(parameters, meta);
      const mean = dot(policy, change);
      const logChange = change.map((x) => x - mean);   // d log p
      const scoreChange = logs.map((log, a) => -log - meta * logChange[a]!);
      // d <p, c>, with c counted from its mean: p d log p sums to 0.
      const shift = dot(policy, scoreChange) +
        policy.reduce((sum, p, a) => sum + p * logChange[a]! * centred[a]!, 0);
      return policy.map((p, a) => p * (logChange[a]! * centred[a]! + scoreChange[a]! - shift));
    },
  };
}

/**
 * A learner and its meta-parameter, which go on from theta_K: w moves by metaStepSize against the sign of d mu / dw,
 * not below 0. The slope itself spans decades, for a policy that is sure of itself hardly moves.
 */
export class BootstrappedLearner {
  #parameters: Float64Array;
  #meta: number;
  readonly #choices: MetaChoices & { readonly metaStepSize: number };

  constructor(first: ArrayLike<number>, meta: number, choices: MetaChoices & { readonly metaStepSize: number }) {
    this.#parameters = Float64Array.from(first);
    this.#meta = meta;
    this.#choices = choices;
  }

  get parameters(): Float64Array { return this.#parameters; }
  get meta(): number { return this.#meta; }

  /** K inner updates on the objective and one of w; returns mu. */
  step(objective: InnerObjective): number {
    const choices = this.#choices;
    const { parameters, loss, slope } = bootstrappedMetaGradient(objective, this.#parameters, this.#meta, choices);
    this.#parameters = parameters;
    if (slope > 0) this.#meta = Math.max(0, this.#meta - choices.metaStepSize);
    if (slope < 0) this.#meta += choices.metaStepSize;
    return loss;
  }
}

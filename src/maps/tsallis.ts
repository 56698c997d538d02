import { logProbsOf } from "../distributions/categorical.ts";
import type { Distribution } from "../distributions/distribution.ts";
import { BregmanError } from "../error.ts";
import * as t from "../tensor/index.ts";
import type { Tensor } from "../tensor/index.ts";
import type { DivergenceFacts, MirrorMap } from "./mirror-map.ts";

// Tsallis entropy of index q >= 1: h(p) = (sum p^q - 1) / (q - 1) = sum p lq(p), with the q-logarithm
// lq(x) = (x^{q-1} - 1) / (q - 1), which tends to log x as q tends to 1 (Nachum et al. 2018; MDPO section 4.2).

/** Below this distance of q from 1 the limit, KL, is taken. */
const limit = 1e-6;

/**
 * B(p, p_k) of distributions that list all their probabilities, [B]:
 *
 *     B = sum p (lq(p) - q lq(p_k)) + sum p_k^q - 1
 *       = sum p (lq(p) - lq(p_k)) + (q - 1) (p_k - p) lq(p_k)
 *
 * The second form is the one computed: it is exactly 0 at p = p_k and tends to KL(p || p_k) without cancellation. q = 2
 * gives the squared Euclidean distance. Throws `invalid-option` for q below 1 and for distributions without `logProbs`.
 */
export function tsallisDivergence(p: Distribution, oldP: Distribution, index: number): Tensor {
  checkIndex(index);
  if (isLimit(index)) return p.kl(oldP);
  const [logP, logOld] = [logProbsOf(p), logProbsOf(oldP)];
  const [prob, old] = [t.exp(logP), t.exp(logOld)];
  const lqOld = qLog(logOld, index);
  const first = t.mul(prob, t.sub(qLog(logP, index), lqOld));
  return t.sum(t.add(first, t.mul(index - 1, t.mul(t.sub(old, prob), lqOld))), -1);
}

/**
 * An unbiased estimate of the same divergence from actions of the old policy, for densities as well, [B]: with r the
 * ratio,
 *
 *     p_k^{q-1} (r lq(r) - (r - 1))
 *
 * This is r (lq(p) - q lq(p_k)) + p_k^{q-1} - 1 less (r - 1), whose mean is 0: the sample is then never negative and
 * vanishes with its gradient at p = p_k. (q = 1: r log r - r + 1.) Against overflow log r stops at 20 and (q - 1) log
 * p_k at 40. The authors' on-policy code has mean(lq(p) - lq(p_k)) without ratio and factor q, which is no divergence.
 */
export function tsallisSample({ logProb, oldLogProb }: DivergenceFacts, index: number): Tensor {
  checkIndex(index);
  const logRatio = t.minimum(t.sub(logProb, oldLogProb), 20);
  const ratio = t.exp(logRatio);
  const integrand = t.sub(t.mul(ratio, qLog(logRatio, index)), expMinusOne(logRatio));
  return isLimit(index) ? integrand : t.mul(integrand, t.exp(t.minimum(t.mul(index - 1, oldLogProb), 40)));
}

/**
 * The map of index q: MDPO's Tsallis variant. In closed form for one discrete choice, from samples elsewhere; q = 1 is
 * `kl`.
 */
export function tsallis(index: number): MirrorMap {
  checkIndex(index);
  return {
    id: "tsallis",
    name: `Tsallis, index ${index}`,
    formula: "B(p, q) = sum_a [p^i - q^i - i q^(i-1) (p - q)] / (i - 1)",
    divergence: (newDistribution, oldDistribution, facts) =>
      isLimit(index) || newDistribution.logProbs
        ? tsallisDivergence(newDistribution, oldDistribution, index)
        : tsallisSample(facts, index),
  };
}

/** lq(x) = (x^{q-1} - 1) / (q - 1) of log x: log x itself at q = 1. (q - 1) log x stops at 40, against overflow. */
export function qLogarithm(logX: Tensor, index: number): Tensor {
  checkIndex(index);
  return qLog(isLimit(index) ? logX : t.minimum(logX, 40 / (index - 1)), index);
}

function qLog(logX: Tensor, index: number): Tensor {
  return isLimit(index) ? logX : t.mul(1 / (index - 1), expMinusOne(t.mul(index - 1, logX)));
}

/** e^x - 1, accurate near 0: 2 h / (1 - h) with h = tanh(x/2). From 1 on, where h nears 1, by the exponential. */
function expMinusOne(x: Tensor): Tensor {
  const h = t.tanh(t.mul(0.5, t.minimum(x, 1)));
  return t.where(t.less(x, 1), t.div(t.mul(2, h), t.sub(1, h)), t.sub(t.exp(x), 1));
}

function isLimit(index: number): boolean {
  return Math.abs(index - 1) < limit;
}

function checkIndex(index: number): void {
  if (!(index >= 1 && index < Infinity)) {
    throw new BregmanError(
      "invalid-option",
      `tsallisIndex: expected a number of at least 1 (usually up to 2), got ${index}`,
    );
  }
}

import {
  add, cast, div, log, logSumExp, mean, mul, softmax, stopGradient, sub, sum, where, type Tensor,
} from "../tensor/index.ts";
import type { Objective, Quantities } from "./objective.ts";

/** A / eta in the upper half of the batch, and as good as nothing elsewhere. */
function upper({ advantage, isUpperHalf }: Quantities, temperature: Tensor): Tensor {
  return where(isUpperHalf, div(advantage, temperature), -1e9);
}

/**
 * V-MPO, maximized: sum psi log pi(a|s) with psi = softmax(A / eta) over the samples with the upper half of advantages,
 * less alpha_mu and alpha_sigma times the KL(pi_old || pi) of moving mean and deviation. The multipliers descend
 *
 *     eta eps_eta + eta log mean_top exp(A / eta),    alpha (eps - KL)
 *
 * Song et al. 2020 (V-MPO: On-Policy Maximum a Posteriori Policy Optimization for Discrete and Continuous Control).
 * Discrete policies have one KL, which alpha_mu weighs.
 */
export const vMpo: Objective = {
  id: "v-mpo",
  formula: "max sum(psi log pi) - alpha KL(pi_old || pi), psi = softmax(A / eta) over the upper half",
  paper: "Song et al., ICLR 2020",
  surrogate: (quantities) => {
    const { logProb, reverseKlParts: [ofMean, ofDeviation], multiplier } = quantities;
    const weights = stopGradient(softmax(upper(quantities, multiplier("eta"))));
    const bound = mul(multiplier("alphaMean"), mean(ofMean));
    const penalty = add(bound, mul(multiplier("alphaDeviation"), mean(ofDeviation)));
    return sub(sum(mul(weights, logProb)), penalty);
  },
  multipliers: {
    eta: {
      initial: 1,
      loss: (quantities) => {
        const eta = quantities.multiplier("eta");
        const count = sum(cast(quantities.isUpperHalf, "f32"));
        const logMean = sub(logSumExp(upper(quantities, eta)), log(count));
        return mul(eta, add(logMean, quantities.parameter("temperatureRadius")));
      },
    },
    alphaMean: {
      initial: 1,
      loss: ({ reverseKlParts: [ofMean], parameter, multiplier }) =>
        mul(multiplier("alphaMean"), sub(parameter("meanRadius"), stopGradient(mean(ofMean)))),
    },
    alphaDeviation: {
      initial: 1,
      loss: ({ reverseKlParts: [, ofDeviation], parameter, multiplier }) =>
        mul(multiplier("alphaDeviation"), sub(parameter("deviationRadius"), stopGradient(mean(ofDeviation)))),
    },
  },
};

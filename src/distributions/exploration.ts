import { BregmanError } from "../error.ts";
import * as t from "../tensor/index.ts";
import type { Tensor } from "../tensor/index.ts";
import type { HeadInputs } from "./distribution.ts";

/** How the noise of a Gaussian policy hangs together over time. */
export type Exploration =
  | { readonly kind: "independent" }
  /** e_t = correlation e_{t-1} + sqrt(1 - correlation^2) z_t: a standard normal at every step, 0 <= correlation < 1. */
  | { readonly kind: "autoregressive"; readonly correlation: number }
  /** A matrix of noise applied to the last hidden layer (gSDE), drawn anew every `holdSteps` steps. */
  | { readonly kind: "state-dependent"; readonly holdSteps: number; readonly featureCount: number };

/** Mean and log standard deviation [B, actionSize] of a diagonal Gaussian. */
export interface Moments {
  readonly mean: Tensor;
  readonly logStd: Tensor;
}

export interface Explored {
  readonly action: Tensor;
  readonly exploration: Tensor;
}

/** The noise row, or an error for a caller that forgot it. */
function noiseRow(inputs: HeadInputs): Tensor {
  if (inputs.exploration) return inputs.exploration;
  throw new BregmanError("invalid-option", "explore: correlated exploration needs the noise row of the step before");
}

// ---- AR(1) ---------------------------------------------------------------------------------------------------------

/**
 * The density of a_t = mean + sigma e_t given e_{t-1}: N(mean + sigma rho e_{t-1}, sigma^2 (1 - rho^2)), exactly.
 * (Without the noise row the stationary N(mean, sigma^2) stays as it is.) Korenkevych et al. 2019, "Autoregressive
 * policies for continuous control".
 */
export function conditionOnNoise({ mean, logStd }: Moments, noise: Tensor, correlation: number): Moments {
  const shift = t.mul(t.exp(logStd), t.mul(noise, correlation));
  return { mean: t.add(mean, shift), logStd: t.add(logStd, t.log(t.scalar(innovation(correlation)))) };
}

/**
 * The next noise, and the action mean + sigma times it. Rows that begin as standard normals stay so; from 0, they grow
 * into it.
 */
export function exploreAutoregressive(
  { mean, logStd }: Moments,
  inputs: HeadInputs,
  state: Tensor,
  salt: number,
  correlation: number,
): Explored {
  const fresh = t.randomNormal(state, mean.shape, salt);
  const exploration = t.add(t.mul(noiseRow(inputs), correlation), t.mul(fresh, innovation(correlation)));
  return { action: t.add(mean, t.mul(t.exp(logStd), exploration)), exploration };
}

function innovation(correlation: number): number {
  return Math.sqrt(1 - correlation * correlation);
}

// ---- gSDE ----------------------------------------------------------------------------------------------------------

/**
 * The marginal of a = mean + phi^T (sigma * E) over a standard normal matrix E [featureCount, actionSize]: variance
 * sum_f phi_f^2 sigma_fa^2 + 1e-6. phi are the features with the gradient stopped. logScale [featureCount, actionSize].
 */
export function stateDependentLogStd(features: Tensor, logScale: Tensor): Tensor {
  const variance = t.matmul(t.square(t.stopGradient(features)), t.exp(t.mul(2, logScale)));
  return t.mul(0.5, t.log(t.add(variance, 1e-6)));
}

/** The action of the held matrix, after drawing a new one where `renew` (i32 [1], or one a row) is 1. */
export function exploreStateDependent(
  mean: Tensor, logScale: Tensor, inputs: HeadInputs, state: Tensor, salt: number, renew: Tensor,
): Explored {
  const held = noiseRow(inputs);
  const [rows, actions] = mean.shape as [number, number];
  const isRenewed = t.greater(t.reshape(renew, [renew.size, 1]), 0);
  const exploration = t.where(isRenewed, t.randomNormal(state, held.shape, salt), held);
  const matrix = t.mul(t.exp(logScale), t.reshape(exploration, [rows, logScale.shape[0]!, actions]));
  const noise = t.sum(t.mul(matrix, t.expandDims(inputs.features, -1)), 1);
  return { action: t.add(mean, noise), exploration };
}

/** Throws `invalid-option` for settings outside of their range. */
export function checkExploration(exploration: Exploration): void {
  const fail = (message: string): never => {
    throw new BregmanError("invalid-option", `exploration: ${message}`);
  };
  switch (exploration.kind) {
    case "independent": return;
    case "autoregressive":
      if (!(exploration.correlation >= 0 && exploration.correlation < 1)) {
        fail(`correlation: expected a number from 0 to below 1, got ${exploration.correlation}`);
      }
      return;
    case "state-dependent":
      for (const name of ["holdSteps", "featureCount"] as const) {
        const value = exploration[name];
        if (!Number.isSafeInteger(value) || value < 1) fail(`${name}: expected a positive integer, got ${value}`);
      }
      return;
    default: {
      const { kind } = exploration as { kind: unknown };
      fail(`kind: expected "independent", "autoregressive" or "state-dependent", got "${String(kind)}"`);
    }
  }
}

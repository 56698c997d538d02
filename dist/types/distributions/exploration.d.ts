import type { Tensor } from "../tensor/index.js";
import type { HeadInputs } from "./distribution.js";
/** How the noise of a Gaussian policy hangs together over time. */
export type Exploration = {
    readonly kind: "independent";
}
/** e_t = correlation e_{t-1} + sqrt(1 - correlation^2) z_t: a standard normal at every step, 0 <= correlation < 1. */
 | {
    readonly kind: "autoregressive";
    readonly correlation: number;
}
/** A matrix of noise applied to the last hidden layer (gSDE), drawn anew every `holdSteps` steps. */
 | {
    readonly kind: "state-dependent";
    readonly holdSteps: number;
    readonly featureCount: number;
};
/** Mean and log standard deviation [B, actionSize] of a diagonal Gaussian. */
export interface Moments {
    readonly mean: Tensor;
    readonly logStd: Tensor;
}
export interface Explored {
    readonly action: Tensor;
    readonly exploration: Tensor;
}
/**
 * The density of a_t = mean + sigma e_t given e_{t-1}: N(mean + sigma rho e_{t-1}, sigma^2 (1 - rho^2)), exactly.
 * (Without the noise row the stationary N(mean, sigma^2) stays as it is.) Korenkevych et al. 2019, "Autoregressive
 * policies for continuous control".
 */
export declare function conditionOnNoise({ mean, logStd }: Moments, noise: Tensor, correlation: number): Moments;
/**
 * The next noise, and the action mean + sigma times it. Rows that begin as standard normals stay so; from 0, they grow
 * into it.
 */
export declare function exploreAutoregressive({ mean, logStd }: Moments, inputs: HeadInputs, state: Tensor, salt: number, correlation: number): Explored;
/**
 * The marginal of a = mean + phi^T (sigma * E) over a standard normal matrix E [featureCount, actionSize]: variance
 * sum_f phi_f^2 sigma_fa^2 + 1e-6. phi are the features with the gradient stopped. logScale [featureCount, actionSize].
 */
export declare function stateDependentLogStd(features: Tensor, logScale: Tensor): Tensor;
/** The action of the held matrix, after drawing a new one where `renew` (i32 [1], or one a row) is 1. */
export declare function exploreStateDependent(mean: Tensor, logScale: Tensor, inputs: HeadInputs, state: Tensor, salt: number, renew: Tensor): Explored;
/** Throws `invalid-option` for settings outside of their range. */
export declare function checkExploration(exploration: Exploration): void;

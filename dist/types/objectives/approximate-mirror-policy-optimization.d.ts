import { type Tensor } from "../tensor/index.js";
import type { ReplayObjective, ReplayQuantities } from "./replay-objective.js";
/**
 * Where the exact mirror step is in the dual space, over its step size: Q + (1/t - lambda) grad h(pi_k), for discrete
 * actions and, with log pi_k for the gradient, negative entropy.
 */
export declare function mirrorTarget({ q, oldLogProb, inverseStepSize, temperature }: ReplayQuantities): Tensor;
/**
 * AMPO, maximized: -mean over states and actions of ( f(s, a) - Q(s, a) - (1/t - lambda) grad h(pi_k)(s, a) )^2, where
 * the network's outputs are t f and the policy is their projection grad h*(t f): softmax for negative entropy. An exact
 * fit is the exact mirror step under every map. Alfano, Yuan, Rebeschini 2023 (A Novel Framework for Policy Mirror
 * Descent with General Parameterization and Linear Convergence), equations 5 and 6; the lambda is soft MDPO's.
 */
export declare const approximateMirrorPolicyOptimization: ReplayObjective;

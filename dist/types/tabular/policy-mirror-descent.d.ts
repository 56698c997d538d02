import type { Geometry } from "../maps/geometry/geometry.js";
import { type WeightedPolicy } from "../maps/geometry/mirror-step.js";
import type { TabularAnchor } from "./anchors.js";
import { type Mdp, type TabularPolicy } from "./mdp.js";
import { type Signal } from "./signals.js";
import type { StepSizeRule } from "./step-sizes.js";
/** One state's step: the signal, the old distribution and what holds the step back. */
export interface StateProblem {
    readonly geometry: Geometry;
    readonly signal: Float64Array;
    readonly policy: Float64Array;
    readonly stepSize: number;
    readonly temperature: number;
    readonly anchors: readonly WeightedPolicy[];
}
/** lambda_k, moved by the policies that it leads to. Made anew for each run. */
export interface TemperatureRule {
    readonly id: string;
    readonly now: number;
    /** Called with the new policy after each iteration. */
    renew(policy: TabularPolicy): void;
}
/** How a step is realized; the exact engine's are closed up to a root. */
export interface StateSolver {
    readonly id: string;
    /** The new distribution of the state. */
    step(problem: StateProblem): Float64Array;
}
/** The six choices of an exact method; the sampler is always all states. */
export interface ExactChoices {
    readonly geometry: Geometry;
    readonly signal?: Signal;
    /** t_k: the old policy weighs 1/t_k. */
    readonly stepSize: number | StepSizeRule;
    /** Weight of h in the values and in the step: constant, by iteration, or learned. */
    readonly temperature?: number | ((iteration: number) => number) | TemperatureRule;
    readonly anchors?: readonly TabularAnchor[];
    readonly solver?: StateSolver;
    /** What is maximized: the discounted return, or the average reward, whose values are relative ones. */
    readonly criterion?: "discounted" | "average";
}
/**
 * p' = argmax <g, p> - 1/t B_h(p, p_k) - sum_i b_i B_h(p, a_i) - lambda h(p), exactly (GPMD, MMD, MDPO at lambda 0).
 */
export declare const implicitSolver: StateSolver;
/** The regularizer linearized at p_k: soft MDPO's step, p_k^{1 - lambda t} e^{t g} for negative entropy. */
export declare const explicitSolver: StateSolver;
/** The logit representation's exact step, sMDPO: p' ~ p_k max(0, 1 + t A). */
export declare const logitSolver: StateSolver;
/** The penalty KL(p_k || p) of TRPO's Lagrangian: p' = p_k / (t (nu - g)). */
export declare const reverseKlSolver: StateSolver;
/** No old policy: argmax <g, p> - 1/t h(p) (with cumulated signals, Politex). */
export declare const projectionSolver: StateSolver;
/**
 * Exact policy mirror descent: in each iteration the policy is evaluated to a residual of 1e-12, from the values before
 * on, and every state takes its step. `policy`, `values` and `q` are those of the last finished iteration.
 */
export declare class PolicyMirrorDescent {
    #private;
    readonly mdp: Mdp;
    /** Throws `invalid-shape` and `invalid-option` where `first` is no policy of the process. */
    constructor(mdp: Mdp, choices: ExactChoices, first?: TabularPolicy);
    /** Iterations done. */
    get iteration(): number;
    get policy(): TabularPolicy;
    /** V [S] and Q [S, A] of the policy, with the regularizer's part. */
    get values(): Float64Array;
    get q(): Float64Array;
    /** One iteration. */
    step(): void;
}

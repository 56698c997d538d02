import { type GradientEstimator, type Rule } from "./gradient-estimators.js";
import type { ParameterMap } from "./parameter-maps.js";
export interface ParameterChoices {
    readonly map: ParameterMap;
    readonly estimator: GradientEstimator;
    /** The size of the mirror step. */
    readonly stepSize: Rule;
    /** eta_t: how far to go towards where the mirror step leads. */
    readonly share?: Rule;
    /** Entries of u are held within plus and minus this. */
    readonly largest?: number;
}
/**
 * Mirror ascent on parameters (BGPO, Huang, Gao, Huang 2021; VRMPO, Yang et al. 2022; NPG-HM, Feng et al. 2024): u_t
 * from the estimator, theta' = argmax_x <u_t, x> - 1/size D_psi(x, theta_t), and the step goes there by a share,
 * theta_{t+1} = (1 - eta_t) theta_t + eta_t theta'. With the norm of index 2, eta 1 and u from momentum it is
 * stochastic gradient ascent with momentum.
 */
export declare class ParameterMirrorAscent {
    #private;
    constructor(first: ArrayLike<number>, choices: ParameterChoices);
    get iteration(): number;
    get parameters(): Float64Array;
    /** One step; returns u_t. */
    step(): Float64Array;
}
/**
 * BGPO's pair of rules: eta_t = rate / (offset + t)^{1/root} and a_t = min(1, max(lowest, scale eta_{t-1}^2)), the
 * share of what is new; its root is 2 for plain momentum and 3 for recursive.
 */
export declare function decayingRules({ rate, offset, root, scale, lowest }: {
    rate: number;
    offset: number;
    root: number;
    scale: number;
    lowest?: number;
}): {
    readonly share: (iteration: number) => number;
    readonly momentum: (iteration: number) => number;
};

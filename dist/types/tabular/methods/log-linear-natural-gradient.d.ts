/**
 * The natural gradient of log-linear policies, theta + eta_k w_k with w_k the best fit of Q_k: at eta_{k+1} = eta_k /
 * discount linear to a floor, which is what the features cannot fit. `features` random ones, or 0: one for each pair.
 */
export declare const logLinearNaturalGradient: import("./exact-method.js").ExactMethod<{
    stepSize: number;
    growth: number;
    features: number;
    seed: number;
}>;

/** CMPO, Muesli's target: no step moves a policy by more than tanh(bound / 2) in total variation. */
export declare const clippedMaximumAPosteriori: import("./exact-method.js").ExactMethod<{
    bound: number;
}>;

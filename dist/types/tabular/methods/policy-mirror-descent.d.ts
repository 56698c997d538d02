/**
 * Exact policy mirror descent under negative entropy, which is the natural policy gradient (at MDPO's step t, eta =
 * t (1 - discount)): pi_{k+1} ~ pi_k e^{t Q}. With `growth` 1 the gap shrinks as 1/k; with 1/discount or more linearly.
 */
export declare const policyMirrorDescent: import("./exact-method.js").ExactMethod<{
    stepSize: number;
    growth: number;
}>;

/** FAPMD's lazy momentum: the step of Q_k + c (Q_k - Q_{k-1}). It gains on some processes and loses on others. */
export declare const functionalAcceleration: import("./exact-method.js").ExactMethod<{
    stepSize: number;
    momentum: number;
}>;

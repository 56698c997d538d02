/** sMDPO: the return linearized in the logits, with log-sum-exp for the map: pi_{k+1} ~ pi_k max(0, 1 + eta A). */
export declare const softmaxMirrorDescent: import("./exact-method.js").ExactMethod<{
    stepSize: number;
}>;

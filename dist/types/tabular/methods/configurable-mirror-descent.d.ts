/** CMD's step: several past policies and a magnet at once; the weights are what its meta-controller tunes. */
export declare const configurableMirrorDescent: import("./exact-method.js").ExactMethod<{
    stepSize: number;
    pastWeight: number;
    magnetWeight: number;
}>;

/** Projected Q-ascent: mirror descent under the squared norm. It reaches the optimum after finitely many steps. */
export declare const projectedAscent: import("./exact-method.js").ExactMethod<{
    stepSize: number;
}>;

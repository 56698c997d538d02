/**
 * AMPO with an exact regression: the map is an omega-potential, here the hyperbolic entropy; the projection finds one
 * number per state. With an exact f every map gives plain mirror descent.
 */
export declare const approximateMirrorPolicyOptimization: import("./exact-method.js").ExactMethod<{
    stepSize: number;
    growth: number;
    width: number;
}>;

/** What learns inside: an ascent direction that depends on one number w, the meta-parameter. */
export interface InnerObjective {
    /** g(theta, w). */
    gradient(parameters: Float64Array, meta: number): Float64Array;
    /** dg/dw along a path of parameters whose derivative is `change`: (dg/dtheta) change + dg/dw. */
    tangent(parameters: Float64Array, meta: number, change: Float64Array): Float64Array;
}
/** How far parameters are from a target that stands still, and the slope of that in the parameters. */
export type Matching = (parameters: Float64Array, target: Float64Array) => {
    value: number;
    slope: Float64Array;
};
/** |theta - target|^2 / 2. */
export declare const squaredMatching: Matching;
/** KL(softmax target || softmax theta), of one row of logits. */
export declare const policyMatching: Matching;
export interface MetaChoices {
    readonly stepSize: number;
    /** K, updates that w takes part in. */
    readonly innerSteps: number;
    /** L, further updates to the target: L - 1 with w, the last with the plain objective, of w = 0. */
    readonly bootstrapSteps: number;
    readonly matching: Matching;
}
/**
 * mu(w) = matching(theta_K(w), target) and d mu / dw, the target held fixed (BMG, Flennerhag et al. 2022);
 * d theta_k / dw is carried forward, from 0: d theta_{k+1} = d theta_k + step (dg/dtheta d theta_k + dg/dw). With L = 1
 * and squared matching it is the plain meta-gradient -step <grad J(theta_K), d theta_K / dw>. Throws `invalid-option`.
 */
export declare function bootstrappedMetaGradient(objective: InnerObjective, first: ArrayLike<number>, meta: number, { stepSize, innerSteps, bootstrapSteps, matching }: MetaChoices): {
    readonly parameters: Float64Array;
    readonly target: Float64Array;
    readonly loss: number;
    readonly slope: number;
};
/** The gradient of <p, r> + w H(p) in the logits of p: p_a (c_a - <p, c>) with c = r - w log p. */
export declare function entropyBandit(rewards: ArrayLike<number>): InnerObjective;
/**
 * A learner and its meta-parameter, which go on from theta_K: w moves by metaStepSize against the sign of d mu / dw,
 * not below 0. The slope itself spans decades, for a policy that is sure of itself hardly moves.
 */
export declare class BootstrappedLearner {
    #private;
    constructor(first: ArrayLike<number>, meta: number, choices: MetaChoices & {
        readonly metaStepSize: number;
    });
    get parameters(): Float64Array;
    get meta(): number;
    /** K inner updates on the objective and one of w; returns mu. */
    step(objective: InnerObjective): number;
}

/**
 * The target of the conditional cross-entropy method: the proposal on the `share` of its mass with the highest q,
 * normalized; actions of equal q at the border keep equal parts. What the best of N samples tend to. Share 1 is the
 * proposal. Throws `invalid-option` for a share outside (0, 1].
 */
export declare function topShare(proposal: ArrayLike<number>, q: ArrayLike<number>, share: number): Float64Array;
export interface GreedyActorChoices {
    /** rho: what of the proposal's mass the actor learns from. */
    readonly share: number;
    /** alpha: the weight of the proposal's entropy. */
    readonly entropyWeight: number;
    readonly rate: number;
}
/**
 * The actor of Greedy AC (Neumann et al. 2023) in one state, expectations exact: actor and proposal are softmax
 * policies that ascend E_target log p in their logits, the proposal with alpha H(p) beside it (its analytic gradient;
 * the authors' code loses the factor log p there).
 */
export declare class GreedyActor {
    #private;
    /** Throws `invalid-option`. */
    constructor(actions: number, choices: GreedyActorChoices);
    get actor(): Float64Array;
    get proposal(): Float64Array;
    step(q: ArrayLike<number>): void;
}

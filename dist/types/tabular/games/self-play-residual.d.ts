import type { PolicyDivergence } from "../policy-divergences.js";
export interface SelfPlayResidual {
    /** eta, the size of the mirror step that the residual is about. */
    readonly stepSize: number;
    /** lambda R(pi, reference), added to the loss; none where it is left out. */
    readonly regularizer?: {
        readonly divergence: PolicyDivergence;
        readonly weight: number;
        readonly reference: ArrayLike<number>;
    };
}
/**
 * The loss of regularized self-play preference optimization (Tang et al. 2025, RSPO; without R self-play preference
 * optimization, SPPO), minimized, over the responses of one prompt and its gradient in the policy's logits:
 *
 *     L = E_{y ~ pi_t} ( log(pi / pi_t) - eta (P(y > pi_t) - 1/2) )^2 + lambda R(pi, reference)
 *
 * 1/2 stands for the normalizer (1/eta) log Z, which it equals to first order only: the minimizer is near, and not at,
 * the mirror step pi_t e^{eta P} / Z. At pi_t the gradient is -2 eta that of the magnetic step with alpha = lambda / (2
 * eta) where R = KL(pi || reference). `rates` are P(y > pi_t).
 */
export declare function selfPlayLoss(policy: ArrayLike<number>, oldPolicy: ArrayLike<number>, rates: ArrayLike<number>, { stepSize, regularizer }: SelfPlayResidual): {
    readonly value: number;
    readonly gradient: Float64Array;
};

import type { Optimizer } from "./optimizer.js";
export interface AdamOptions {
    /** Decay of the mean of gradients; default 0.9. */
    readonly beta1?: number;
    /** Decay of the mean of squared gradients; default 0.999. */
    readonly beta2?: number;
    /** Default 1e-8. */
    readonly epsilon?: number;
    /** Decoupled weight decay (AdamW); default 0. */
    readonly weightDecay?: number;
}
/**
 * Adam (Kingma and Ba 2015, algorithm 1), and AdamW (Loshchilov and Hutter 2019) where weightDecay w > 0:
 *
 *     m = beta1 m + (1 - beta1) g        c1 = beta1 c1 + (1 - beta1)
 *     v = beta2 v + (1 - beta2) g^2      c2 = beta2 c2 + (1 - beta2)
 *     p = p - a ((m / c1) / (sqrt(v / c2) + epsilon) + w p)
 *
 * c1 = 1 - beta1^t is the bias correction, kept as the same moving average of 1 (exact to a few ulp at every t, where 1
 * minus a running power loses digits). Epsilon stands outside of the corrected root, as in the paper's algorithm and
 * PyTorch; TensorFlow 1 and the paper's remark on efficiency put it outside of the UNcorrected root, a larger epsilon
 * early on. PyTorch's Adam (not AdamW) adds w p to g instead.
 *
 * State: m, v [P], c1, c2 [1], all from 0. Means below 1e-30 (squares: 1e-36) become 0: the gradients of dead units
 * decay into subnormal numbers, which cost many times a normal multiplication.
 */
export declare function adam(options?: AdamOptions): Optimizer;
export interface SgdOptions {
    /** Decay of the sum of gradients; default 0 (plain gradient descent, no state). */
    readonly momentum?: number;
}
/**
 * Gradient descent with Polyak's heavy ball: v = momentum v + g; p = p - a v (v from 0, as PyTorch). Sutskever et al.
 * (2013) put the learning rate inside v, which differs only where it changes.
 */
export declare function sgd({ momentum }?: SgdOptions): Optimizer;
export interface RmspropOptions {
    /** Decay of the mean of squared gradients; default 0.99. */
    readonly decay?: number;
    /** Default 1e-8; A2C's published runs use 1e-5. */
    readonly epsilon?: number;
}
/**
 * RMSProp (Hinton 2012, lecture 6): s = decay s + (1 - decay) g^2; p = p - a g / (sqrt(s) + epsilon), s from 0, as
 * PyTorch. TensorFlow 1 puts epsilon inside the root and starts s at 1, which makes the first steps much smaller:
 * published A2C scores were reached with that one.
 */
export declare function rmsprop(options?: RmspropOptions): Optimizer;

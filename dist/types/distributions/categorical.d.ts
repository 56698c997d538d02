import type { Tensor } from "../tensor/index.js";
import type { Distribution, PolicyHead } from "./distribution.js";
export interface CategoricalDistribution extends Distribution {
    readonly logProbs: Tensor;
}
/**
 * One choice of n. `logProbs` [B, n] are normalized log-probabilities (`t.logSoftmax` of logits); actions are i32
 * [B, 1], from 0. A sample is the argmax of log-probabilities plus Gumbel noise.
 */
export declare function categorical(logProbs: Tensor): CategoricalDistribution;
/** The log-probabilities of a categorical distribution. Throws `invalid-option` for another kind. */
export declare function logProbsOf(distribution: Distribution): Tensor;
export interface CategoricalHeadOptions {
    readonly n: number;
}
/**
 * The network's n outputs are logits; the parameters are normalized log-probabilities [B, n], forbidden actions at
 * -1e9. Actions count from 0: the `start` of a discrete space is added where actions leave for the environment.
 */
export declare function categoricalHead({ n }: CategoricalHeadOptions): PolicyHead;

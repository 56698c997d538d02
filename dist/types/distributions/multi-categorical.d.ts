import type { Tensor } from "../tensor/index.js";
import type { Distribution, PolicyHead } from "./distribution.js";
export interface MultiCategoricalDistribution extends Distribution {
    /** Log-probabilities [B, count, n] of each run of equal choices. */
    readonly runs: readonly Tensor[];
}
/**
 * Several independent choices at once: log-probabilities, entropies and divergences are sums over the choices.
 * `logProbs` [B, sum of nvec] are normalized within each choice; actions are i32 [B, nvec.length], from 0. Switches are
 * choices of 2.
 */
export declare function multiCategorical(logProbs: Tensor, nvec: readonly number[]): MultiCategoricalDistribution;
export interface MultiCategoricalHeadOptions {
    /** The number of options of each choice. */
    readonly nvec: readonly number[];
}
/**
 * The network's outputs are the logits of all choices in a row; the parameters are their normalized log-probabilities.
 */
export declare function multiCategoricalHead({ nvec }: MultiCategoricalHeadOptions): PolicyHead;

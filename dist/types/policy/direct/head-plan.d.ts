import { type BoxUnits } from "../../distributions/box-bounds.js";
import type { PolicyFile } from "../read-policy-file.js";
export interface ChoicePlan {
    readonly kind: "choices";
    readonly outputs: number;
    readonly choices: readonly number[];
}
export interface BoxPlan {
    readonly kind: "box";
    readonly outputs: number;
    readonly size: number;
    readonly squash: boolean;
    /** Deterministic policies: the deviation that explores, in half boxes. */
    readonly explorationNoise: number | undefined;
    /** Where the network gives the deviation: what its outputs are added to. */
    readonly initialLogStd: number;
    /** Elsewhere [size], or of state-dependent noise [features, size]. */
    readonly logStd: Float32Array | undefined;
    /** How many features noise depends on; 0 where it does not. */
    readonly featureCount: number;
    readonly units: BoxUnits | undefined;
}
export type HeadPlan = ChoicePlan | BoxPlan;
/**
 * The head that `headForSpace` gives a policy, as data. Throws `unsupported` for action spaces of other versions,
 * `checkpoint-corrupt` or `invalid-space` for what fits no head.
 */
export declare function headPlan(file: PolicyFile): HeadPlan;

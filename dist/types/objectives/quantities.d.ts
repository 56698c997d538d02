import type { Distribution } from "../distributions/distribution.js";
import type { MirrorMap } from "../maps/mirror-map.js";
import { type Tensor } from "../tensor/index.js";
import type { Quantities } from "./objective.js";
export interface QuantitySources {
    readonly policy: Distribution;
    readonly oldPolicy: Distribution;
    readonly action: Tensor;
    readonly oldLogProb: Tensor;
    readonly advantage: Tensor;
    readonly map: MirrorMap;
    /** Thunks: traced when an objective reads them. */
    readonly value?: () => Tensor;
    readonly return?: () => Tensor;
    readonly median?: () => Tensor;
    readonly isUpperHalf?: () => Tensor;
    /** A scheduled hyperparameter as a scalar. */
    readonly scheduled: (name: "stepSize" | "clipRange") => Tensor;
    /** The distribution of an anchor. */
    readonly anchor?: (name: string) => Distribution;
    readonly parameter?: Quantities["parameter"];
    readonly multiplier?: Quantities["multiplier"];
}
/** The quantities of one batch; each is traced when an objective first reads it. */
export declare function quantitiesOf(sources: QuantitySources): Quantities;
/** An object whose fields are made when they are first read, by rules that may read other fields. */
export declare function lazy<T extends object>(rules: {
    readonly [K in keyof T]: (self: T) => T[K];
}): T;

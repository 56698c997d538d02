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
    /** A scheduled hyperparameter as a scalar. */
    readonly scheduled: (name: "stepSize" | "clipRange") => Tensor;
}
/** The quantities of one batch; each is traced when an objective first reads it. */
export declare function quantitiesOf(sources: QuantitySources): Quantities;

import type { Objective } from "./objective.js";
/** PPO's clipped surrogate on the samples whose ratio is still near 1: they bound the variance of the estimate. */
export declare const ppoSampleDropout: Objective;
/** ESPO's unclipped surrogate on the samples whose ratio is still near 1, with ESPO's stop. */
export declare const espoSampleDropout: Objective;

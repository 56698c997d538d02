import type { Objective } from "./objective.js";
/** B_h of h(p) = sum p log_q p, index q = `tsallisIndex`; KL at q = 1. */
export declare const mdpoTsallis: Objective;
/** B_h of h(p) = ||p||^2 / 2: projected gradient ascent on the probabilities. */
export declare const mdpoEuclidean: Objective;

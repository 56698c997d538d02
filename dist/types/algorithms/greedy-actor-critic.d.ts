import type { OffPolicyAlgorithm } from "./algorithm.js";
/** An actor fitted to the best actions of a policy that proposes them. */
export declare const greedyActorCritic: OffPolicyAlgorithm;

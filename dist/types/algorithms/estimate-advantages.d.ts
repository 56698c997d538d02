import type { OnPolicyPieces } from "./on-policy-run.js";
/** Advantages and returns from what a rollout saw, by the algorithm's signal. */
export declare function estimateAdvantages(pieces: OnPolicyPieces): void;

import type { EnvironmentArgument } from "./algorithms/trainer-options.js";
import type { Policy } from "./policy/policy.js";
export interface EvaluationOptions {
    /** Default 100. */
    readonly episodes?: number;
    /** Default 0. Episodes are drawn from seeds that training with the same number never uses. */
    readonly seed?: number;
    readonly deterministic?: boolean;
    /**
     * Default 50 000: an episode is counted as it stands after so many steps, since a policy that runs in circles where
     * nothing ends an episode (as in CliffWalking-v1) would never be done. The copy then goes on from where it is.
     */
    readonly maxEpisodeSteps?: number;
    readonly environmentOptions?: Readonly<Record<string, unknown>>;
}
export interface Evaluation {
    readonly episodes: number;
    /** Undiscounted return: mean and population standard deviation over the episodes. */
    readonly mean: number;
    readonly std: number;
    readonly meanLength: number;
    readonly returns: readonly number[];
}
/**
 * Runs whole episodes with a policy and returns their undiscounted returns. Copy i runs every n-th episode, so that
 * long episodes count as often as short ones. Where several agents share the policy, each of them lives episodes.
 */
export declare function evaluate(policy: Policy, environment?: EnvironmentArgument, options?: EvaluationOptions): Promise<Evaluation>;

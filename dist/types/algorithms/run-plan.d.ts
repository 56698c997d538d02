import { type Algorithm } from "./algorithm.js";
import { type Hyperparameters } from "../agent/hyperparameters.js";
import type { TrainerOptions } from "./trainer-options.js";
/** Options whose algorithm, if that was in a module, is here. */
export type SettledOptions = Omit<TrainerOptions, "algorithm"> & {
    readonly algorithm?: string | Algorithm;
};
/** Everything that a run's results depend on, settled: what a checkpoint carries. */
export interface RunPlan {
    readonly environment: string;
    readonly environmentOptions: Readonly<Record<string, unknown>>;
    readonly algorithm: string;
    readonly steps: number;
    readonly seed: number;
    readonly envs: number;
    /** Agents that share the policy in each copy, a lane of the rollout each; absent where there is one. */
    readonly agents?: number;
    readonly hyperparameters: Hyperparameters;
    readonly paperCode: boolean;
    /** Which set of code-level choices was asked for; null for none. */
    readonly codeLevel: "loaded" | "minimal" | null;
    /** The next rollout is collected while the update runs; absent where it is not. */
    readonly overlap?: true;
}
export interface PlanFacts {
    /** The environment's name, and whether it is one of the kit's own. */
    readonly environment: string;
    readonly builtin: boolean;
    /** Whether more than one copy can be made. */
    readonly copies: boolean;
    readonly agents?: number;
}
/** Kit's defaults < algorithm's < preset < code level < paper code < what the caller says. */
export declare function planRun(options: SettledOptions, { environment, builtin, copies, agents }: PlanFacts): {
    plan: RunPlan;
    algorithm: Algorithm;
};
/** Who acts side by side: the agents of all copies. */
export declare function lanesOf({ envs, agents }: RunPlan): number;
/** Steps of one iteration, over all lanes. */
export declare function stepsPerIteration(plan: RunPlan): number;
/** Iterations of a run: the last one reaches or passes the steps. */
export declare function iterationsOf(plan: RunPlan): number;
/**
 * The plan of a resumed run: the checkpoint's, with which everything that the caller says again must agree.
 * Throws `checkpoint-mismatch`, naming the option.
 */
export declare function resumedPlan(saved: RunPlan, options: SettledOptions, environment: string | undefined): {
    plan: RunPlan;
    algorithm: Algorithm;
};

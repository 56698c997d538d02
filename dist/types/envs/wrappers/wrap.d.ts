import type { AgentsEnvironment, Environment, OwnEnvironment, ResetResult, StepResult } from "../environment.js";
import type { Space } from "../spaces.js";
/** What a wrapper does to the results of one agent's episodes. */
export interface Change {
    reset?(result: ResetResult<any>): ResetResult<any>;
    step?(result: StepResult<any>): StepResult<any>;
    /** What it remembers between steps. */
    readonly state?: Float64Array | Float32Array;
}
/** One agent or several, as what was wrapped. */
export type Wrapped<Own extends OwnEnvironment> = Own extends {
    readonly agents: number | readonly string[];
} ? AgentsEnvironment : Environment;
/**
 * The environment with changed results: `create` makes the change for each agent. Spaces that are not given, action
 * masks, `close`, and `save` and `restore` (where both exist) are the environment's own; what the change remembers is
 * saved with them.
 */
export declare function wrap<Own extends OwnEnvironment>(environment: Own, create: () => Change, observationSpace?: Space): Wrapped<Own>;
/** Throws `invalid-option` unless `value` is a whole number of at least 1. */
export declare function checkPositive(what: string, value: number): void;

import type { Program } from "../program/program.js";
import type { Agent, PolicyInputs } from "./agent.js";
/** Which optional columns a rollout has. */
export interface RolloutColumns {
    readonly maskSize: number;
    /** Replay keeps actions as they were drawn, before squashing, for objectives that ask how likely they are. */
    readonly drawnActions?: boolean;
}
/** The optional inputs of the policy for `rows` rows. */
export declare function policyInputs(agent: Agent, rows: number, { maskSize }: RolloutColumns): PolicyInputs;
/** One step in every copy: observation -> sampled `action`, and `environmentAction` as the environment takes it. */
export declare function actingProgram(agent: Agent, rows: number, columns: RolloutColumns): Program;
/**
 * The same for replay: observation -> `keptAction`, as critics see it unless `drawnActions` are kept, and
 * `environmentAction`. Sampled, or with `acting: "mode"` the most likely action, without exploration.
 */
export declare function experienceProgram(agent: Agent, rows: number, columns: RolloutColumns, acting: "sample" | "mode"): Program;
/** Uniformly random actions with the same outputs: how replay is filled before the first gradient step. */
export declare function uniformProgram(agent: Agent, rows: number, columns: RolloutColumns): Program;
/** The whole batch under the policy that acted: what the steps are measured against. */
export declare function evaluationProgram(agent: Agent, rows: number, columns: RolloutColumns): Program;
/** V of `rows` observations. */
export declare function valueProgram(agent: Agent, rows: number): Program;
/** The most likely action, or a sampled one, for `rows` observations: what a finished policy does. */
export declare function deploymentProgram(agent: Agent, rows: number, columns: RolloutColumns, deterministic: boolean): Program;

import type { Space } from "./spaces.js";
/** What the environment tells beside the observation. `actionMask`: one byte per choice, 1 = allowed. */
export interface Info {
    actionMask?: ArrayLike<number>;
    [key: string]: unknown;
}
export interface ResetOptions {
    /** Starts the environment's random stream anew; without it the stream goes on. */
    seed?: number;
    /** For environments that know options of their own. */
    options?: Record<string, unknown>;
}
export interface ResetResult<Observation = unknown> {
    observation: Observation;
    info: Info;
}
export interface StepResult<Observation = unknown> {
    observation: Observation;
    reward: number;
    /** The task came to an end of its own: nothing comes after. */
    terminated: boolean;
    /** The episode was cut, by a time limit for instance: the final observation still has a value. */
    truncated: boolean;
    info: Info;
}
/**
 * One environment, with the semantics of Gymnasium: `reset`, then `step` until `terminated` or `truncated`, then
 * `reset`. A user's own environment is a plain object like this. `save` and `restore`, where both exist, carry
 * everything that the next steps depend on, so that a resumed training continues to the same bits.
 */
export interface Environment<Observation = any, Action = any> {
    readonly name?: string;
    readonly agents?: undefined;
    readonly observationSpace: Space;
    readonly actionSpace: Space;
    reset(options?: ResetOptions): ResetResult<Observation>;
    step(action: Action): StepResult<Observation>;
    close?(): void;
    save?(): Uint8Array;
    restore?(bytes: Uint8Array): void;
}
/** What `reset` of an environment with several agents returns: an entry an agent in each array. */
export interface AgentsResetResult<Observation = unknown> {
    observations: readonly Observation[];
    infos?: readonly (Info | undefined)[];
}
/** What `step` of an environment with several agents returns: an entry an agent in each array. */
export interface AgentsStepResult<Observation = unknown> {
    observations: readonly Observation[];
    rewards: ArrayLike<number>;
    terminated: readonly boolean[];
    truncated: readonly boolean[];
    infos?: readonly (Info | undefined)[];
}
/**
 * An environment in which several agents act at the same time, all with one policy. The spaces are those of one agent.
 * `step` takes the agents' actions and gives arrays, in the order of `agents`; each agent ends for itself.
 *
 * An agent that has `terminated` or was `truncated` is out until the environment's next episode: its action is then
 * `undefined`, what `step` returns for it is not read, and nothing is learned from it. The episode ends, and `reset` is
 * called, when all agents are out. An agent whose reward depends on others (a team's) may stay in to the end.
 *
 * Each agent counts as a copy of its own wherever steps, episodes and returns are counted; `envs: 4` of an environment
 * with 3 agents makes 4 environments, in which 12 agents live and learn.
 */
export interface AgentsEnvironment<Observation = any, Action = any> {
    readonly name?: string;
    /** How many, or their names, which messages use. */
    readonly agents: number | readonly string[];
    readonly observationSpace: Space;
    readonly actionSpace: Space;
    reset(options?: ResetOptions): AgentsResetResult<Observation>;
    step(actions: readonly (Action | undefined)[]): AgentsStepResult<Observation>;
    close?(): void;
    save?(): Uint8Array;
    restore?(bytes: Uint8Array): void;
}
/** `any` actions: code whose parameter types are left out then gets one type for both kinds of environment. */
interface AnyAgentsEnvironment extends Omit<AgentsEnvironment, "step"> {
    step(actions: any): AgentsStepResult<any>;
}
export type OwnEnvironment = Environment | AnyAgentsEnvironment;
/** One environment, or a function that makes one: parallel copies need the function. */
export type EnvironmentSource = OwnEnvironment | (() => OwnEnvironment);
export {};

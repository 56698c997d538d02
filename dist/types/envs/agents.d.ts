import type { OwnEnvironment, ResetOptions, ResetResult, StepResult } from "./environment.js";
/** How many agents act in an environment. */
export declare function agentCount({ agents }: OwnEnvironment): number;
/** "agent red", for messages; undefined where there is no other. */
export declare function agentName({ agents }: OwnEnvironment, index: number): string | undefined;
/** Begins an episode: what each agent is given. */
export declare function resetAgents(environment: OwnEnvironment, options: ResetOptions, where: string): ResetResult<any>[];
/** One step: what each agent is given, and undefined for those that are out (`isOut`, 0 or 1 an agent). */
export declare function stepAgents(environment: OwnEnvironment, actions: readonly unknown[], isOut: ArrayLike<number>, where: (agent: number) => string): (StepResult<any> | undefined)[];

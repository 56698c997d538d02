import type { EnvironmentEntry } from "../registry.js";
/** What the kit knows of a MuJoCo task before MuJoCo is loaded. */
export interface MujocoFacts {
    readonly description: string;
    readonly observationSize: number;
    readonly actionSize: number;
    /** Bound of every control. */
    readonly control: number;
    readonly maxEpisodeSteps: number;
    readonly rewardThreshold: number | null;
    readonly options: readonly string[];
}
export declare const mujocoTasks: Readonly<Record<string, MujocoFacts>>;
export declare function isMujocoTask(name: unknown): name is string;
/** The tasks with their default options, as `list("envs")` gives them. */
export declare function mujocoEntries(): EnvironmentEntry[];

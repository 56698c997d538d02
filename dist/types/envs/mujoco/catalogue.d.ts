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
    readonly options: readonly (keyof MujocoOptions)[];
}
type Range = readonly [low: number, high: number];
/** Options of MuJoCo tasks, with Gymnasium's meaning; each task has only some. */
export interface MujocoOptions {
    frameSkip?: number;
    resetNoiseScale?: number;
    excludeCurrentPositionsFromObservation?: boolean;
    forwardRewardWeight?: number;
    controlCostWeight?: number;
    healthyReward?: number;
    /** The reward for being healthy also in the step that ends the episode, as the versions before v5 give it. */
    healthyRewardAlways?: boolean;
    terminateWhenUnhealthy?: boolean;
    healthyZRange?: Range;
    healthyStateRange?: Range;
    healthyAngleRange?: Range;
    /** Walker2d: 0.9 in the versions before v5. */
    rightFootFriction?: number;
    contactCostWeight?: number;
    contactCostRange?: Range;
    contactForceRange?: Range;
    uprightCostWeight?: number;
    impactCostWeight?: number;
    impactCostRange?: Range;
    distanceRewardWeight?: number;
    controlRewardWeight?: number;
    includeInertiasInObservation?: boolean;
    includeVelocitiesInObservation?: boolean;
    includeActuatorForcesInObservation?: boolean;
    includeContactForcesInObservation?: boolean;
}
export declare const mujocoTasks: Readonly<Record<string, MujocoFacts>>;
export declare function isMujocoTask(name: unknown): name is string;
/** The tasks with their default options, as `list("envs")` gives them. */
export declare function mujocoEntries(): EnvironmentEntry[];
export {};

import type { EnvironmentEntry } from "../registry.ts";

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

const reset = ["frameSkip", "resetNoiseScale"] as const;
const positions = "excludeCurrentPositionsFromObservation";
const forward = ["forwardRewardWeight", "controlCostWeight", ...reset, positions] as const;
const healthy = ["healthyReward", "healthyRewardAlways", "terminateWhenUnhealthy", "healthyZRange"] as const;
const bodies = [
  "includeInertiasInObservation", "includeVelocitiesInObservation", "includeActuatorForcesInObservation",
  "includeContactForcesInObservation",
] as const;

type Sizes = readonly [observationSize: number, actionSize: number, control: number];

function task(
  description: string, [observationSize, actionSize, control]: Sizes, rewardThreshold: number | null,
  options: readonly (keyof MujocoOptions)[], maxEpisodeSteps = 1000,
): MujocoFacts {
  return { description, observationSize, actionSize, control, maxEpisodeSteps, rewardThreshold, options };
}

export const mujocoTasks: Readonly<Record<string, MujocoFacts>> = {
  "Hopper-v5": task("MuJoCo: hop forward on one leg.", [11, 3, 1], 3800,
    [...forward, ...healthy, "healthyStateRange", "healthyAngleRange"]),
  "Walker2d-v5": task("MuJoCo: walk forward on two legs in a plane.", [17, 6, 1], null,
    [...forward, ...healthy, "healthyAngleRange", "rightFootFriction"]),
  "HalfCheetah-v5": task("MuJoCo: run forward on two legs of three joints.", [17, 6, 1], 4800, forward),
  "Ant-v5": task("MuJoCo: walk forward on four legs.", [105, 8, 1], 6000,
    [...forward, ...healthy, "contactCostWeight", "contactForceRange", "includeContactForcesInObservation"]),
  "Humanoid-v5": task("MuJoCo: walk forward upright, with arms and legs.", [348, 17, 0.4], null,
    [...forward, ...healthy, "contactCostWeight", "contactCostRange", ...bodies]),
  "HumanoidStandup-v5": task("MuJoCo: stand up from the ground.", [348, 17, 0.4], null, [
    "uprightCostWeight", "controlCostWeight", "impactCostWeight", "impactCostRange", ...reset, positions, ...bodies,
  ]),
  "InvertedPendulum-v5": task("MuJoCo: balance a pole on a cart.", [4, 1, 3], 950, [
    ...reset, "healthyRewardAlways", "terminateWhenUnhealthy",
  ]),
  "InvertedDoublePendulum-v5": task("MuJoCo: balance two poles, one on the other, on a cart.", [9, 1, 1], 9100,
    [...reset, "healthyReward", "healthyRewardAlways", "terminateWhenUnhealthy"]),
  "Swimmer-v5": task("MuJoCo: swim forward with three links.", [8, 2, 1], 360, forward),
  "Reacher-v5": task("MuJoCo: reach a target with an arm of two links.", [10, 2, 1], -3.75,
    [...reset, "distanceRewardWeight", "controlRewardWeight"], 50),
};

export function isMujocoTask(name: unknown): name is string {
  return typeof name === "string" && Object.hasOwn(mujocoTasks, name);
}

/** The tasks with their default options, as `list("envs")` gives them. */
export function mujocoEntries(): EnvironmentEntry[] {
  return Object.entries(mujocoTasks).map(([name, facts]) => {
    const { description, observationSize, actionSize, control, maxEpisodeSteps, rewardThreshold, options } = facts;
    return {
      name, description, maxEpisodeSteps, rewardThreshold, options,
      observationSpace: { kind: "box", shape: [observationSize], low: -Infinity, high: Infinity },
      actionSpace: { kind: "box", shape: [actionSize], low: -control, high: control },
    };
  });
}

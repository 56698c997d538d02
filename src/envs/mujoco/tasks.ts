import { cosine, sine } from "../../math/elementary.ts";
import { ant } from "./ant.ts";
import { halfCheetah } from "./half-cheetah.ts";
import { humanoid, humanoidStandup } from "./humanoid.ts";
import type { Simulation } from "./simulation.ts";
import { invertedDoublePendulum, invertedPendulum, reacher, swimmer } from "./small-models.ts";
import { addNormal, addUniform, clampTo, defineTask, isInside, sumOfSquares, type Row, type Task } from "./task.ts";
import { hopper, walker2d } from "./walkers.ts";

// Gymnasium's MuJoCo tasks, v5: rewards, observations, ends and first states.

const firstOf = (simulation: Simulation): readonly number[] => [simulation.view("qpos")[0]!];
const firstTwoOf = (simulation: Simulation): readonly number[] => {
  const qpos = simulation.view("qpos");
  return [qpos[0]!, qpos[1]!];
};

/** Before v5 an episode that ends for being unhealthy is rewarded in its last step as well. */
function isRewarded(
  healthy: boolean,
  { healthyRewardAlways, terminateWhenUnhealthy }:
    { readonly healthyRewardAlways: boolean; readonly terminateWhenUnhealthy: boolean },
): boolean {
  return healthy || (healthyRewardAlways && terminateWhenUnhealthy);
}

/** Hopper and Walker2d: forward velocity, a reward for being upright, a small cost of torques. */
const walkerDefaults = {
  frameSkip: 4, forwardRewardWeight: 1, controlCostWeight: 1e-3, healthyReward: 1, healthyRewardAlways: false,
  terminateWhenUnhealthy: true, resetNoiseScale: 5e-3, excludeCurrentPositionsFromObservation: true,
} as const;

interface WalkerOptions {
  readonly forwardRewardWeight: number;
  readonly controlCostWeight: number;
  readonly healthyReward: number;
  readonly healthyRewardAlways: boolean;
  readonly terminateWhenUnhealthy: boolean;
  readonly excludeCurrentPositionsFromObservation: boolean;
}

function walkerOutcome(
  simulation: Simulation, action: ArrayLike<number>, xVelocity: number, healthy: boolean, options: WalkerOptions,
): ReturnType<Task["outcome"]> {
  const rewardForward = options.forwardRewardWeight * xVelocity;
  const rewardControl = -options.controlCostWeight * sumOfSquares(action);
  const rewardSurvive = isRewarded(healthy, options) ? options.healthyReward : 0;
  const qpos = simulation.view("qpos");
  return {
    reward: rewardForward + rewardSurvive + rewardControl,
    terminated: !healthy && options.terminateWhenUnhealthy,
    info: { xPosition: qpos[0]!, zPosition: qpos[1]!, xVelocity, rewardForward, rewardControl, rewardSurvive },
  };
}

/** Positions but the first, velocities within [-10, 10]. */
function walkerObservation(simulation: Simulation, row: Row, options: WalkerOptions): void {
  row.addAll(simulation.view("qpos"), options.excludeCurrentPositionsFromObservation ? 1 : 0);
  row.addAll(simulation.view("qvel"), 0, -10, 10);
}

const hopperTask = defineTask({
  defaults: {
    ...walkerDefaults, healthyStateRange: [-100, 100], healthyZRange: [0.7, Infinity], healthyAngleRange: [-0.2, 0.2],
  },
  maxEpisodeSteps: 1000,
  model: hopper,
  scatter(qpos, qvel, random, { resetNoiseScale }) {
    addUniform(qpos, random, resetNoiseScale);
    addUniform(qvel, random, resetNoiseScale);
  },
  position: firstOf,
  observe: walkerObservation,
  outcome(simulation, action, [xVelocity], options) {
    const [qpos, qvel] = [simulation.view("qpos"), simulation.view("qvel")];
    let healthy = isInside(qpos[1]!, options.healthyZRange) && isInside(qpos[2]!, options.healthyAngleRange);
    for (let i = 2; i < qpos.length; i++) healthy &&= isInside(qpos[i]!, options.healthyStateRange);
    for (let i = 0; i < qvel.length; i++) healthy &&= isInside(qvel[i]!, options.healthyStateRange);
    return walkerOutcome(simulation, action, xVelocity!, healthy, options);
  },
});

const walker2dTask = defineTask({
  defaults: { ...walkerDefaults, healthyZRange: [0.8, 2], healthyAngleRange: [-1, 1], rightFootFriction: 1.9 },
  maxEpisodeSteps: 1000,
  model: walker2d,
  scatter: hopperTask.scatter,
  position: firstOf,
  observe: walkerObservation,
  outcome(simulation, action, [xVelocity], options) {
    const qpos = simulation.view("qpos");
    const healthy = isInside(qpos[1]!, options.healthyZRange) && isInside(qpos[2]!, options.healthyAngleRange);
    return walkerOutcome(simulation, action, xVelocity!, healthy, options);
  },
});

const halfCheetahTask = defineTask({
  defaults: {
    frameSkip: 5, forwardRewardWeight: 1, controlCostWeight: 0.1, resetNoiseScale: 0.1,
    excludeCurrentPositionsFromObservation: true,
  },
  maxEpisodeSteps: 1000,
  model: halfCheetah,
  scatter(qpos, qvel, random, { resetNoiseScale }) {
    addUniform(qpos, random, resetNoiseScale);
    addNormal(qvel, random, resetNoiseScale);
  },
  position: firstOf,
  observe(simulation, row, options) {
    row.addAll(simulation.view("qpos"), options.excludeCurrentPositionsFromObservation ? 1 : 0);
    row.addArray(simulation, "qvel");
  },
  outcome(simulation, action, [xVelocity], options) {
    const rewardForward = options.forwardRewardWeight * xVelocity!;
    const rewardControl = -options.controlCostWeight * sumOfSquares(action);
    return {
      reward: rewardForward + rewardControl, terminated: false,
      info: { xPosition: simulation.view("qpos")[0]!, xVelocity: xVelocity!, rewardForward, rewardControl },
    };
  },
});

/** Velocities and the cost of contacts that Ant and the humanoids report. */
const planeInfo = (simulation: Simulation, [xVelocity, yVelocity]: readonly number[]) => {
  const qpos = simulation.view("qpos");
  return { xPosition: qpos[0]!, yPosition: qpos[1]!, xVelocity: xVelocity!, yVelocity: yVelocity! };
};

const antTask = defineTask({
  defaults: {
    frameSkip: 5, forwardRewardWeight: 1, controlCostWeight: 0.5, contactCostWeight: 5e-4, healthyReward: 1,
    healthyRewardAlways: false, terminateWhenUnhealthy: true, healthyZRange: [0.2, 1], contactForceRange: [-1, 1],
    resetNoiseScale: 0.1, excludeCurrentPositionsFromObservation: true, includeContactForcesInObservation: true,
  },
  maxEpisodeSteps: 1000,
  model: ant,
  forces: true,
  scatter: halfCheetahTask.scatter,
  // Where the torso was when MuJoCo last computed it, as Gymnasium reads it: a little behind qpos.
  position(simulation) {
    const xpos = simulation.view("xpos");
    return [xpos[3]!, xpos[4]!];
  },
  observe(simulation, row, options) {
    row.addAll(simulation.view("qpos"), options.excludeCurrentPositionsFromObservation ? 2 : 0);
    row.addArray(simulation, "qvel");
    if (options.includeContactForcesInObservation) {
      row.addAll(simulation.view("cfrc_ext"), 6, ...options.contactForceRange);
    }
  },
  outcome(simulation, action, velocity, options) {
    const z = simulation.view("qpos")[2]!;
    const healthy = z >= options.healthyZRange[0] && z <= options.healthyZRange[1];
    const rewardForward = options.forwardRewardWeight * velocity[0]!;
    const rewardSurvive = isRewarded(healthy, options) ? options.healthyReward : 0;
    const rewardControl = -options.controlCostWeight * sumOfSquares(action);
    const forces = sumOfSquares(simulation.view("cfrc_ext"), ...options.contactForceRange);
    const rewardContact = -options.contactCostWeight * forces;
    return {
      reward: rewardForward + rewardSurvive + rewardControl + rewardContact,
      terminated: !healthy && options.terminateWhenUnhealthy,
      info: {
        ...planeInfo(simulation, velocity), rewardForward, rewardSurvive, rewardControl, rewardContact,
      },
    };
  },
});

const humanoidObservation = {
  excludeCurrentPositionsFromObservation: true,
  includeInertiasInObservation: true,
  includeVelocitiesInObservation: true,
  includeActuatorForcesInObservation: true,
  includeContactForcesInObservation: true,
} as const;

function observeHumanoid(
  simulation: Simulation, row: Row, options: { readonly [K in keyof typeof humanoidObservation]: boolean },
): void {
  row.addAll(simulation.view("qpos"), options.excludeCurrentPositionsFromObservation ? 2 : 0);
  row.addArray(simulation, "qvel");
  // Rows of the world and forces at the root are always 0.
  if (options.includeInertiasInObservation) row.addArray(simulation, "cinert", 10);
  if (options.includeVelocitiesInObservation) row.addArray(simulation, "cvel", 6);
  if (options.includeActuatorForcesInObservation) row.addArray(simulation, "qfrc_actuator", 6);
  if (options.includeContactForcesInObservation) row.addArray(simulation, "cfrc_ext", 6);
}

/** The mass-weighted mean of the bodies' centers, x and y. */
function centerOfMass(simulation: Simulation): readonly number[] {
  const mass = simulation.model.masses;
  const xipos = simulation.view("xipos");
  let [total, x, y] = [0, 0, 0];
  for (let body = 0; body < mass.length; body++) {
    total += mass[body]!;
    x += mass[body]! * xipos[3 * body]!;
    y += mass[body]! * xipos[3 * body + 1]!;
  }
  return [x / total, y / total];
}

const humanoidTask = defineTask({
  defaults: {
    frameSkip: 5, forwardRewardWeight: 1.25, controlCostWeight: 0.1, contactCostWeight: 5e-7,
    contactCostRange: [-Infinity, 10], healthyReward: 5, healthyRewardAlways: false, terminateWhenUnhealthy: true,
    healthyZRange: [1, 2], resetNoiseScale: 1e-2, ...humanoidObservation,
  },
  maxEpisodeSteps: 1000,
  model: humanoid,
  forces: true,
  scatter: hopperTask.scatter,
  position: centerOfMass,
  observe: observeHumanoid,
  outcome(simulation, action, velocity, options) {
    const healthy = isInside(simulation.view("qpos")[2]!, options.healthyZRange);
    const rewardForward = options.forwardRewardWeight * velocity[0]!;
    const rewardSurvive = isRewarded(healthy, options) ? options.healthyReward : 0;
    const rewardControl = -options.controlCostWeight * sumOfSquares(action);
    const contact = options.contactCostWeight * sumOfSquares(simulation.view("cfrc_ext"));
    const rewardContact = -clampTo(contact, options.contactCostRange);
    return {
      reward: rewardForward + rewardSurvive + rewardControl + rewardContact,
      terminated: !healthy && options.terminateWhenUnhealthy,
      info: { ...planeInfo(simulation, velocity), rewardForward, rewardSurvive, rewardControl, rewardContact },
    };
  },
});

const humanoidStandupTask = defineTask({
  defaults: {
    frameSkip: 5, uprightCostWeight: 1, controlCostWeight: 0.1, impactCostWeight: 5e-7,
    impactCostRange: [-Infinity, 10], resetNoiseScale: 1e-2, ...humanoidObservation,
  },
  maxEpisodeSteps: 1000,
  model: humanoidStandup,
  forces: true,
  scatter: hopperTask.scatter,
  observe: observeHumanoid,
  outcome(simulation, action, _, options) {
    const qpos = simulation.view("qpos");
    // Gymnasium divides the height by the time of one simulation step, not of the whole step.
    const rewardUpright = options.uprightCostWeight * (qpos[2]! / simulation.timestep);
    const rewardControl = -options.controlCostWeight * sumOfSquares(action);
    const impact = options.impactCostWeight * sumOfSquares(simulation.view("cfrc_ext"));
    const rewardImpact = -clampTo(impact, options.impactCostRange);
    return {
      reward: rewardUpright + rewardControl + rewardImpact + 1, terminated: false,
      info: { xPosition: qpos[0]!, yPosition: qpos[1]!, rewardUpright, rewardControl, rewardImpact },
    };
  },
});

const invertedPendulumTask = defineTask({
  defaults: { frameSkip: 2, resetNoiseScale: 0.01, healthyRewardAlways: false, terminateWhenUnhealthy: true },
  maxEpisodeSteps: 1000,
  model: invertedPendulum,
  scatter: hopperTask.scatter,
  observe(simulation, row) {
    row.addArray(simulation, "qpos");
    row.addArray(simulation, "qvel");
  },
  outcome(simulation, _, __, { healthyRewardAlways, terminateWhenUnhealthy }) {
    const healthy = Math.abs(simulation.view("qpos")[1]!) <= 0.2;
    const reward = isRewarded(healthy, { healthyRewardAlways, terminateWhenUnhealthy }) ? 1 : 0;
    return { reward, terminated: !healthy && terminateWhenUnhealthy, info: { rewardSurvive: reward } };
  },
});

const invertedDoublePendulumTask = defineTask({
  defaults: {
    frameSkip: 5, healthyReward: 10, healthyRewardAlways: false, terminateWhenUnhealthy: true, resetNoiseScale: 0.1,
  },
  maxEpisodeSteps: 1000,
  model: invertedDoublePendulum,
  scatter: halfCheetahTask.scatter,
  observe(simulation, row) {
    const qpos = simulation.view("qpos");
    row.add(qpos[0]!);
    for (const angle of [qpos[1]!, qpos[2]!]) row.add(sine(angle));
    for (const angle of [qpos[1]!, qpos[2]!]) row.add(cosine(angle));
    row.addAll(simulation.view("qvel"), 0, -10, 10);
    row.addAll(simulation.view("qfrc_constraint"), 0, -10, 10, 1);
  },
  outcome(simulation, _, __, options) {
    const [tip, qvel] = [simulation.view("site_xpos"), simulation.view("qvel")];
    const [x, y] = [tip[0]!, tip[2]!];
    const healthy = y > 1;
    const distancePenalty = 0.01 * x * x + (y - 2) * (y - 2);
    const velocityPenalty = 1e-3 * qvel[1]! * qvel[1]! + 5e-3 * qvel[2]! * qvel[2]!;
    const rewardSurvive = isRewarded(healthy, options) ? options.healthyReward : 0;
    return {
      reward: rewardSurvive - distancePenalty - velocityPenalty,
      terminated: !healthy && options.terminateWhenUnhealthy,
      info: { rewardSurvive, distancePenalty: -distancePenalty, velocityPenalty: -velocityPenalty },
    };
  },
});

const swimmerTask = defineTask({
  defaults: {
    frameSkip: 4, forwardRewardWeight: 1, controlCostWeight: 1e-4, resetNoiseScale: 0.1,
    excludeCurrentPositionsFromObservation: true,
  },
  maxEpisodeSteps: 1000,
  model: swimmer,
  scatter: hopperTask.scatter,
  position: firstTwoOf,
  observe(simulation, row, options) {
    row.addAll(simulation.view("qpos"), options.excludeCurrentPositionsFromObservation ? 2 : 0);
    row.addArray(simulation, "qvel");
  },
  outcome(simulation, action, velocity, options) {
    const rewardForward = options.forwardRewardWeight * velocity[0]!;
    const rewardControl = -options.controlCostWeight * sumOfSquares(action);
    return {
      reward: rewardForward + rewardControl, terminated: false,
      info: { ...planeInfo(simulation, velocity), rewardForward, rewardControl },
    };
  },
});

/** Bodies of the reacher, from 1. */
const [fingertip, target] = [3, 4];

const reacherTask = defineTask({
  defaults: { frameSkip: 2, distanceRewardWeight: 1, controlRewardWeight: 1, resetNoiseScale: 0.1 },
  maxEpisodeSteps: 50,
  model: reacher,
  scatter(qpos, qvel, random, { resetNoiseScale }) {
    for (let i = 0; i < 2; i++) qpos[i]! += random.uniform(-resetNoiseScale, resetNoiseScale);
    do {
      for (const i of [2, 3]) qpos[i] = random.uniform(-0.2, 0.2);
    } while (qpos[2]! * qpos[2]! + qpos[3]! * qpos[3]! >= 0.04);
    for (let i = 0; i < 2; i++) qvel[i]! += random.uniform(-0.005, 0.005);
    qvel[2] = qvel[3] = 0;
  },
  observe(simulation, row) {
    const [qpos, xpos] = [simulation.view("qpos"), simulation.view("xpos")];
    for (const angle of [qpos[0]!, qpos[1]!]) row.add(cosine(angle));
    for (const angle of [qpos[0]!, qpos[1]!]) row.add(sine(angle));
    row.addAll(qpos, 2);
    row.addAll(simulation.view("qvel"), 0, -Infinity, Infinity, 2);
    for (const axis of [0, 1]) row.add(xpos[3 * fingertip + axis]! - xpos[3 * target + axis]!);
  },
  outcome(simulation, action, _, options) {
    const xpos = simulation.view("xpos");
    const away = [0, 1, 2].map((axis) => xpos[3 * fingertip + axis]! - xpos[3 * target + axis]!);
    const rewardDistance = -options.distanceRewardWeight * Math.sqrt(sumOfSquares(away));
    const rewardControl = -options.controlRewardWeight * sumOfSquares(action);
    return { reward: rewardDistance + rewardControl, terminated: false, info: { rewardDistance, rewardControl } };
  },
});

export const tasks: Readonly<Record<string, Task>> = {
  "Hopper-v5": hopperTask,
  "Walker2d-v5": walker2dTask,
  "HalfCheetah-v5": halfCheetahTask,
  "Ant-v5": antTask,
  "Humanoid-v5": humanoidTask,
  "HumanoidStandup-v5": humanoidStandupTask,
  "InvertedPendulum-v5": invertedPendulumTask,
  "InvertedDoublePendulum-v5": invertedDoublePendulumTask,
  "Swimmer-v5": swimmerTask,
  "Reacher-v5": reacherTask,
};

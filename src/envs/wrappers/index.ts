// What helps with one's own environments: functions from an environment to an environment, which can be put into each
// other, and the names of an observation's numbers.
export { frameStack } from "./frame-stack.ts";
export { mapObservation } from "./map-observation.ts";
export { mapReward } from "./map-reward.ts";
export { stepPenalty } from "./step-penalty.ts";
export { timeLimit } from "./time-limit.ts";
export { observationSlices } from "../observation-slices.ts";

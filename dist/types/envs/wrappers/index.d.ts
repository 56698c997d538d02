export { frameStack } from "./frame-stack.js";
export { mapObservation } from "./map-observation.js";
export { mapReward } from "./map-reward.js";
export { stepPenalty } from "./step-penalty.js";
export { timeLimit } from "./time-limit.js";
export { observationSlices } from "../observation-slices.js";

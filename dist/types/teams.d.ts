export { SequentialMdpo, type TeamOptions, type TeamOrder } from "./multi-agent/sequential-mdpo.js";
export { coordinationGame, type CooperativeTask, type Member, type Round } from "./multi-agent/cooperative-task.js";
export { BregmanError, type BregmanErrorCode } from "./error.js";

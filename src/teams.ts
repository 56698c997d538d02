// Several learners with one payoff: what `import ... from "bregman/teams"` gives.
export { SequentialMdpo, type TeamOptions, type TeamOrder } from "./multi-agent/sequential-mdpo.ts";
export { coordinationGame, type CooperativeTask, type Member, type Round } from "./multi-agent/cooperative-task.ts";
export { BregmanError, type BregmanErrorCode } from "./error.ts";

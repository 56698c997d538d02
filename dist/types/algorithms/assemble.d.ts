import type { Checkpoint } from "./checkpoint.js";
import type { EnvironmentArgument, TrainerOptions } from "./trainer-options.js";
import type { TrainingRun } from "./training-run.js";
/** Settles the plan, makes the environments and networks, and loads every program of an iteration. */
export declare function assemble(argument: EnvironmentArgument | undefined, given: TrainerOptions, saved: Checkpoint | undefined): Promise<TrainingRun>;

// The facade: what `import ... from "bregman"` gives.
export {
  train, createTrainer, type AnyTrainer, type AnyTrainerOptions, type TrainResult, type WorkerTrainerOptions,
} from "./train.ts";
export { load } from "./load.ts";
export { exportOnnx, type OnnxOptions } from "./export-onnx.ts";
export { list } from "./list.ts";
export { createBatchActor, type BatchActor, type BatchActorOptions } from "./policy/batch-actor.ts";
export { evaluate, type Evaluation, type EvaluationOptions } from "./evaluate.ts";
export { makeEnv, makeVectorEnv } from "./envs/make-env.ts";
export { checkEnv, type EnvironmentReport } from "./envs/check-env.ts";
export type { ContractRule, Problem } from "./envs/contract.ts";
export { provideWasm } from "./devices/wasm-instance.ts";
export { BregmanError, type BregmanErrorCode } from "./error.ts";

export type { Trainer } from "./algorithms/trainer.ts";
export type { WorkerTrainer } from "./worker/worker-trainer.ts";
export type { WorkerSource } from "./worker/start-worker.ts";
export type { ModuleReference } from "./algorithms/module-reference.ts";
export type { TrainerOptions, UpdateRecord, Summary, EnvironmentArgument } from "./algorithms/trainer-options.ts";
export type { Hyperparameters, PartialHyperparameters, NetworkOptions } from "./agent/hyperparameters.ts";
export type { Algorithm, Choices } from "./algorithms/algorithm.ts";
export type { Objective, Quantities } from "./objectives/objective.ts";
export type { Policy, Action, ActOptions } from "./policy/policy.ts";
export type {
  AgentsEnvironment, AgentsResetResult, AgentsStepResult, Environment, EnvironmentSource, ResetOptions, ResetResult,
  StepResult,
} from "./envs/environment.ts";
export type { VectorEnvironment } from "./envs/vector-environment.ts";
export type { Space, SpaceValue } from "./envs/spaces.ts";
export type { WasmSource } from "./devices/wasm-source.ts";
export type { BytesSource } from "./io/bytes-of.ts";

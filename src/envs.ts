// The environments entry: what `import ... from "bregman/envs"` gives. Tasks to step, checks for own ones; no training.
export { makeEnv, makeVectorEnv } from "./envs/make-env.ts";
export { checkEnv } from "./envs/check-env.ts";
export { validateSpace, flatSize } from "./envs/spaces.ts";
export { contains, flatten, sample } from "./envs/space-values.ts";
export { provideWasm } from "./devices/wasm-instance.ts";
export { randomSource, type RandomSource } from "./random/streams.ts";
export { BregmanError, type BregmanErrorCode } from "./error.ts";

export type { Environment, EnvironmentSource, ResetOptions, ResetResult, StepResult } from "./envs/environment.ts";
export type { SingleEnvironment } from "./envs/single-environment.ts";
export type { VectorEnvironment } from "./envs/vector-environment.ts";
export type { EnvironmentOptions } from "./envs/registry.ts";
export type {
  BoxSpace, DictSpace, DiscreteSpace, MultiBinarySpace, MultiDiscreteSpace, Space, SpaceValue, TupleSpace,
} from "./envs/spaces.ts";
export type { WasmSource } from "./devices/wasm-source.ts";
export * from "./envs/wrappers/index.ts";

// The tensor entry: what `import ... from "bregman/tensor"` gives. Symbolic tensors and gradients, compilation, the two
// devices, and the pieces that most networks need.
export * from "./tensor/index.ts";
export { compile, type ProgramSource } from "./program/compile.ts";
export type { Program } from "./program/program.ts";
export type { Device, DeviceBuffer, LoadedProgram } from "./devices/device.ts";
export {
  createWasmDevice, type WasmBuffer, type WasmDevice, type WasmDeviceOptions,
} from "./devices/wasm/wasm-device.ts";
export { createWebGpuDevice, type WebGpuDevice, type WebGpuOptions } from "./devices/webgpu/webgpu-device.ts";
export { activations, activationOf, type Activation } from "./nn/activations.ts";
export { clipByGlobalNorm } from "./nn/clip-gradient.ts";
export { initializeParameters } from "./nn/initializers.ts";
export { mlp, type MlpOptions } from "./nn/mlp.ts";
export type { Initializer, Network, Parameters, ParameterSpec } from "./nn/module.ts";
export type { Optimizer, OptimizerStep } from "./nn/optimizer.ts";
export { adam, rmsprop, sgd, type AdamOptions, type RmspropOptions, type SgdOptions } from "./nn/optimizers.ts";
export { bindParameters, parameterCount } from "./nn/parameters.ts";
export { randomSource, streamState, type RandomSource, type StreamName } from "./random/streams.ts";
export { BregmanError, type BregmanErrorCode } from "./error.ts";

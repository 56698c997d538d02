// The main module: everything that runs on the CPU. Files of `kernels/` never import from `envs/` or `estimators/`.
export { philox_block, philox_fill } from "./random/philox";
export { trigonometry_table } from "./math/trigonometry";
export { numpy_trigonometry_table } from "./math/numpy-trigonometry";
export { env_observe, env_reset, env_step } from "./envs/environment";
export { gae_backward } from "./estimators/gae";
export { n_step_backward, td_lambda_backward } from "./estimators/returns";
export { replay_sample } from "./samplers/replay";
export { rollout_segment } from "./samplers/rollout";
export { matmul_panel } from "./kernels/matmul-panels";

// Where free memory begins; src/devices/wasm-instance.ts hands it out.
export { __heap_base };
export { machine_call_helpers, machine_crew } from "./crew";
export * from "./machine";

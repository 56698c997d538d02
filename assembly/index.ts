// The main module: everything that runs on the CPU. Files of `kernels/` never import from `envs/` or `estimators/`.
export { philox_block, philox_fill } from "./random/philox";

// Where free memory begins; src/devices/wasm-instance.ts hands it out.
export { __heap_base };
export * from "./machine";

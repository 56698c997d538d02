// A small module for pages that only run a trained policy: the machine and its kernels, no environments, no estimators.
export { philox_block, philox_fill } from "./random/philox";
export { __heap_base };
export * from "./machine";

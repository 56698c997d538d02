// Everything that a GPU takes: in dist/ a file of its own beside the facade, which loads it when a GPU is wanted.
export { findAdapter } from "./request-device.ts";
export { createWebGpuDevice } from "./webgpu-device.ts";

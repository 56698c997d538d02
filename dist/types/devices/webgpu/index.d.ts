export { findAdapter } from "./request-device.js";
export { createWebGpuDevice } from "./webgpu-device.js";

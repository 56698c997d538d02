export { useMujoco, type MujocoSource as MujocoPackage } from "./envs/mujoco/package.js";
export { mujocoSource, type MujocoSource } from "./envs/mujoco/mujoco-environment.js";
export { handleCount } from "./envs/mujoco/simulation.js";
export { BregmanError, type BregmanErrorCode } from "./error.js";

// The MuJoCo entry: what `import ... from "bregman/mujoco"` gives. The main entry loads it by itself when a MuJoCo task
// is asked for by name; a page only needs it to hand in MuJoCo from somewhere else.
export { useMujoco, type MujocoSource as MujocoPackage } from "./envs/mujoco/package.ts";
export { mujocoSource, type MujocoSource } from "./envs/mujoco/mujoco-environment.ts";
export { handleCount } from "./envs/mujoco/simulation.ts";
export { BregmanError, type BregmanErrorCode } from "./error.ts";

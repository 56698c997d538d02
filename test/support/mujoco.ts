// MuJoCo in Node, in Deno and in a page, where nothing maps the package's name: there it has to be handed in.
import loadMujoco from "@mujoco/mujoco";
import { useMujoco } from "../../src/mujoco.ts";

if (typeof document === "object") useMujoco(loadMujoco);

export { loadMujoco };

import { type Endpoint } from "./endpoint.js";
/**
 * Trains for whoever is at the other end of `port`, which is what `dist/worker.js` does when it is started as a worker.
 * A worker script of one's own need only import that file:
 *
 *     import "https://.../worker.js";
 *     import { useMujoco } from "https://.../mujoco.js";
 *     useMujoco(() => import("https://.../mujoco/mujoco.js"));
 *
 * and is named to `train(env, { worker: new URL("./my-worker.js", import.meta.url) })`. Any other port is served with
 * `serve(channel.port1)`, its other end handed over as `{ worker: channel.port2 }`. A port has one trainer at a time.
 * Serving it twice is safe, and messages of other kinds are left alone.
 */
export declare function serve(port: Endpoint): void;

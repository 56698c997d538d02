import type { AgentSpec } from "../agent/agent.js";
export type Action = number | Float32Array | Int32Array;
type ActionSpace = AgentSpec["actionSpace"];
/** The one action of a single row; `out` receives it where it is an array. */
export declare function readAction(space: ActionSpace, actions: Float32Array | Int32Array, out?: Float32Array | Int32Array): Action;
/** Actions of several rows. Those of a box are clipped to it: the network scores the unclipped one. */
export declare function writeActions(space: ActionSpace, actions: Float32Array | Int32Array, rows: number, out: Float32Array | Int32Array): void;
export {};

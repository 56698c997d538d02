import { type Space } from "../envs/spaces.js";
/** `writeActions` for `rows` rows of `width` numbers and any action space, those with parts included. */
export declare function finishActions(space: Space, actions: Float32Array | Int32Array, rows: number, width: number, out: Float32Array | Int32Array): void;

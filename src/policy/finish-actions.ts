import { clipActions } from "../envs/actions.ts";
import { hasParts, type Space } from "../envs/spaces.ts";
import { writeActions } from "./actions.ts";

/** `writeActions` for `rows` rows of `width` numbers and any action space, those with parts included. */
export function finishActions(
  space: Space, actions: Float32Array | Int32Array, rows: number, width: number, out: Float32Array | Int32Array,
): void {
  if (hasParts(space)) return clipActions(space, actions, rows, out);
  writeActions(space, actions, rows * width, width, out);
}

import { clipActions } from "../envs/actions.ts";
import { hasParts, rawLayout, type Space } from "../envs/spaces.ts";
import { writeActions } from "./actions.ts";

/** `writeActions` for `rows` rows of any action space, those with parts included. */
export function finishActions(
  space: Space, actions: Float32Array | Int32Array, rows: number, out: Float32Array | Int32Array,
): void {
  if (hasParts(space)) return clipActions(space, actions, rows, out);
  const { size } = rawLayout(space);
  writeActions(space, actions, rows * size, size, out);
}

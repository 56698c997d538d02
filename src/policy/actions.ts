import type { AgentSpec } from "../agent/agent.ts";
import { BregmanError } from "../error.ts";
import { actionAt, actionLayout, clipActions } from "../envs/actions.ts";
import { startOf } from "../envs/raw-values.ts";
import { hasParts, highAt, lowAt } from "../envs/spaces.ts";

// From the numbers that the acting program writes to actions as the environment takes them.

export type Action = number | Float32Array | Int32Array;

type ActionSpace = AgentSpec["actionSpace"];

/**
 * The one action of a single row; `out` receives it where it is an array of numbers. Actions with parts (dict, tuple)
 * are an object or array of their parts' actions.
 */
export function readAction(
  space: ActionSpace, actions: Float32Array | Int32Array, out?: Float32Array | Int32Array,
): Action {
  if (hasParts(space)) return actionAt(space, actions) as unknown as Action;
  if (space.kind === "discrete") return actions[0]! + startOf(space);
  const size = actionLayout(space).size;
  const target = out ?? (actions instanceof Float32Array ? new Float32Array(size) : new Int32Array(size));
  if (target.length < size) {
    throw new BregmanError("invalid-shape", `act: out needs room for ${size} numbers, got ${target.length}`);
  }
  writeActions(space, actions, 1, target);
  return target;
}

/** Actions of several rows. Those of a box are clipped to it: the network scores the unclipped one. */
export function writeActions(
  space: ActionSpace, actions: Float32Array | Int32Array, rows: number, out: Float32Array | Int32Array,
): void {
  if (hasParts(space)) return clipActions(space, actions, rows, out);
  const { size } = actionLayout(space);
  if (space.kind !== "box") {
    const start = startOf(space);
    for (let i = 0; i < rows * size; i++) out[i] = actions[i]! + start;
    return;
  }
  for (let column = 0; column < size; column++) {
    const [low, high] = [lowAt(space, column), highAt(space, column)];
    for (let i = column; i < rows * size; i += size) out[i] = Math.max(low, Math.min(high, actions[i]!));
  }
}

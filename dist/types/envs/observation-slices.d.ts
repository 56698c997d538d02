import { type Space } from "./spaces.js";
/**
 * Where each part of an observation stands among the numbers that a network sees, [from, to): the parts of dict and
 * tuple by their path, `"inventory.sword"`, `"0"`; a space without parts is called `"observation"`.
 *
 *     observationSlices({ kind: "dict", spaces: { position: box of 2, inventory: { kind: "dict", spaces: { ... } } } })
 *     // { position: [0, 2], "inventory.sword": [2, 4] }
 *
 * Throws `invalid-space` where two parts have the same path.
 */
export declare function observationSlices(space: Space): Record<string, [from: number, to: number]>;

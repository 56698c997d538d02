import { BregmanError } from "../error.ts";
import { flatSize, plainParts, type Space } from "./spaces.ts";

/**
 * Where each part of an observation stands among the numbers that a network sees, [from, to): the parts of dict and
 * tuple by their path, `"inventory.sword"`, `"0"`; a space without parts is called `"observation"`.
 *
 *     observationSlices({ kind: "dict", spaces: { position: box of 2, inventory: { kind: "dict", spaces: { ... } } } })
 *     // { position: [0, 2], "inventory.sword": [2, 4] }
 *
 * Throws `invalid-space` where two parts have the same path.
 */
export function observationSlices(space: Space): Record<string, [from: number, to: number]> {
  const slices: Record<string, [number, number]> = {};
  let at = 0;
  for (const [path, part] of plainParts(space)) {
    const name = path.length > 0 ? path.join(".") : "observation";
    if (Object.hasOwn(slices, name)) {
      throw new BregmanError("invalid-space", `observationSlices: two parts are called "${name}"; rename a key`);
    }
    slices[name] = [at, at += flatSize(part)];
  }
  return slices;
}

import { BregmanError } from "../error.ts";
import { sizeOf } from "../tensor/shape.ts";
import * as t from "../tensor/index.ts";
import type { Tensor } from "../tensor/index.ts";
import type { ParameterSpec, Parameters } from "./module.ts";

/** Length of the flat vector that holds all of `specs`. */
export function parameterCount(specs: readonly ParameterSpec[]): number {
  return specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** The place of one parameter in the flat vector: elements `start` to `stop`. */
export interface ParameterPlace {
  readonly spec: ParameterSpec;
  readonly start: number;
  readonly stop: number;
}

/**
 * Where each parameter lies: one after the other, in the order of `specs`. Throws `invalid-option` for a name used
 * twice.
 */
export function parameterPlaces(specs: readonly ParameterSpec[]): ParameterPlace[] {
  const names = new Set<string>();
  let start = 0;
  return specs.map((spec) => {
    if (names.has(spec.name)) {
      throw new BregmanError("invalid-option", `parameters: the name "${spec.name}" is used twice`);
    }
    names.add(spec.name);
    const stop = start + sizeOf(spec.shape);
    const place = { spec, start, stop };
    start = stop;
    return place;
  });
}

/**
 * Parameters by name as views of the flat vector [P], in the order of `specs`; their gradients meet again in one flat
 * vector. Throws `invalid-shape` unless P is the sum of their sizes.
 */
export function bindParameters(flat: Tensor, specs: readonly ParameterSpec[]): Parameters {
  const count = parameterCount(specs);
  if (flat.rank !== 1 || flat.size !== count) {
    throw new BregmanError("invalid-shape", `parameters: expected a vector of ${count}, got [${flat.shape}]`);
  }
  return Object.fromEntries(parameterPlaces(specs).map(({ spec, start, stop }) =>
    [spec.name, t.reshape(t.slice(flat, 0, start, stop), spec.shape)]));
}

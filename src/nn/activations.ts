import { BregmanError, nearest } from "../error.ts";
import * as t from "../tensor/index.ts";
import type { Tensor } from "../tensor/index.ts";

/** Elementwise nonlinearities by name. */
export const activations = {
  identity: (x) => x,
  tanh: t.tanh,
  relu: t.relu,
  gelu: t.gelu,
  sigmoid: t.sigmoid,
  softplus: t.softplus,
  /** x sigmoid(x) (Elfwing et al. 2018; also called swish). */
  silu: (x) => t.mul(x, t.sigmoid(x)),
  /** x where x > 0, else e^x - 1 (Clevert et al. 2016). */
  elu: (x) => t.where(t.less(x, 0), t.sub(t.exp(t.minimum(x, 0)), 1), x),
} as const satisfies Record<string, (x: Tensor) => Tensor>;

export type Activation = keyof typeof activations;

/** The function of a name. Throws `invalid-option` for an unknown one. */
export function activationOf(name: Activation): (x: Tensor) => Tensor {
  const activation = Object.hasOwn(activations, name) ? activations[name] : undefined;
  if (activation) return activation;
  throw new BregmanError("invalid-option",
    `activation: "${name}" is not known; nearest: ${nearest(String(name), Object.keys(activations)).join(", ")}`);
}

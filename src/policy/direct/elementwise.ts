import type { Activation } from "../../nn/activations.ts";

/** What `apply` of assembly/acting.ts does to each element, by its number there. */
export const Elementwise = {
  identity: 0, tanh: 1, relu: 2, gelu: 3, sigmoid: 4, softplus: 5, silu: 6, elu: 7,
  exp: 8, log: 9, gumbel: 10,
} as const satisfies Record<Activation | "exp" | "log" | "gumbel", number>;

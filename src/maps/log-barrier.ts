import { div, neg } from "../tensor/index.ts";
import type { MirrorMap } from "./mirror-map.ts";
import { separableMap } from "./separable.ts";

/** h(p) = -sum_a log p, whose divergence is Itakura and Saito's: no action is ever given up. Discrete actions only. */
export const logBarrier: MirrorMap = separableMap({
  id: "log-barrier",
  name: "logarithmic barrier",
  formula: "B(p, q) = sum_a p / q - 1 - log(p / q)",
}, {
  value: (_, logP) => neg(logP),
  derivative: (p) => div(-1, p),
  isForDensities: false,
});

import { log64 } from "../../math/float64.ts";
import type { Geometry } from "./geometry.ts";
import { separable } from "./separable.ts";

/** h(p) = -sum_a log p: infinite at the border, so that no action is ever given up. B_h is Itakura and Saito's. */
export const logBarrier: Geometry = separable({
  id: "log-barrier",
  name: "logarithmic barrier",
  formula: "-sum_a log p",
}, {
  value: (x) => -log64(x),
  derivative: (x) => -1 / x,
  inverse: (y) => (y < 0 ? -1 / y : Infinity),
});

import { add, clamp, maximum, mean, square, sub, type Operand, type Tensor } from "../tensor/index.ts";

/**
 * The critic's loss, minimized: mean (V - R)^2, or with a clip range c (the PPO authors' code)
 * mean max( (V - R)^2, (V_old + clip(V - V_old, -c, c) - R)^2 ). No factor 1/2: solvers weigh it.
 */
export function valueLoss(value: Tensor, target: Tensor, oldValue?: Tensor, clipRange?: Operand): Tensor {
  const plain = square(sub(value, target));
  if (oldValue === undefined || clipRange === undefined) return mean(plain);
  const range = typeof clipRange === "number" ? -clipRange : sub(0, clipRange);
  const clipped = add(oldValue, clamp(sub(value, oldValue), range, clipRange));
  return mean(maximum(plain, square(sub(clipped, target))));
}

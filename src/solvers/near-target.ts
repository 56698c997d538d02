import { add, concat, mul, slice, type Tensor } from "../tensor/index.ts";

/**
 * Where a step of proximal critics is taken from, with the gradient of the bare loss at w:
 *
 *     (1 - mu) w + mu w_target
 *
 * With gradient descent at rate a it is the step on loss + |w - w_target|^2 / (2 c), mu = a / c. Adam would scale that
 * term like the loss: there the two differ. `target` [T] is a slower copy of what `critic` holds from `start` on; what
 * stands before that stays. At mu = 0 nothing is traced. Asadi et al. 2022 (Faster Deep Reinforcement Learning with
 * Slower Online Network), whose DQN Pro this makes of DQN.
 */
export function nearTarget(critic: Tensor, target: Tensor, start: number, share: number): Tensor {
  if (!(share > 0)) return critic;
  const near = add(mul(1 - share, slice(critic, 0, start, critic.size)), mul(share, target));
  return start > 0 ? concat([slice(critic, 0, 0, start), near], 0) : near;
}

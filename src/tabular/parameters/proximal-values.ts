import { randomSource, type RandomSource } from "../../random/streams.ts";
import { draw } from "../draw.ts";
import type { Mdp } from "../mdp.ts";
import { expectCounts, expectPositive } from "../checks.ts";

/**
 * One gradient step on L(w) + |w - anchor|^2 / (2c), G = grad L: w - a (G + (w - anchor) / c). It is written as the
 * authors' code has it, (1 - a/c) w + (a/c) anchor - a G, which keeps the pull out of G and so out of what an optimizer
 * like Adam makes of G: there the two forms differ.
 */
export function proximalGradientStep(
  w: Float64Array, anchor: Float64Array, gradient: Float64Array, rate: number, strength: number,
): Float64Array {
  const pull = rate / strength;
  return w.map((x, i) => (1 - pull) * x + pull * anchor[i]! - rate * gradient[i]!);
}

export interface ProximalChoices {
  readonly rate: number;
  /** c; Infinity leaves the proximal term out. */
  readonly strength: number;
  /** Gradient steps between renewals of the target. */
  readonly innerSteps: number;
  readonly seed?: number;
}

/**
 * Q-learning on tables with a target table and the proximal term of DQN Pro (Asadi et al. 2022): every inner step
 * draws one next state for each pair and descends (Q - r - discount max target)^2 / 2 + |Q - target|^2 / (2c). Many
 * exact inner steps solve Q' = (T Q + Q / c) / (1 + 1/c), the proximal iteration, whose fixed point is Q* for every c.
 */
export class ProximalQLearning {
  readonly #mdp: Mdp;
  readonly #choices: ProximalChoices;
  readonly #random: RandomSource;
  #q: Float64Array;

  /** Throws `invalid-option`. */
  constructor(mdp: Mdp, choices: ProximalChoices) {
    expectCounts({ innerSteps: choices.innerSteps });
    expectPositive({ rate: choices.rate, strength: choices.strength });
    this.#mdp = mdp;
    this.#choices = choices;
    this.#random = randomSource(choices.seed ?? 0, "update");
    this.#q = new Float64Array(mdp.states * mdp.actions);
  }

  get q(): Float64Array { return this.#q; }

  /** One target's worth of inner steps. */
  step(): void {
    const { actions, discount, rewards, states, transitions } = this.#mdp;
    const { rate, strength, innerSteps } = this.#choices;
    const target = this.#q;
    const best = Float64Array.from({ length: states }, (_, s) =>
      target.subarray(s * actions, (s + 1) * actions).reduce((a, b) => Math.max(a, b)));
    for (let k = 0; k < innerSteps; k++) {
      const gradient = this.#q.map((x, i) => x - rewards[i]! -
        discount * best[draw(transitions.subarray(i * states, (i + 1) * states), this.#random.uniform())]!);
      this.#q = proximalGradientStep(this.#q, target, gradient, rate, strength);
    }
  }
}

import { BregmanError } from "../error.ts";
import type { Geometry } from "../maps/geometry/geometry.ts";
import { proximalStep } from "../maps/geometry/mirror-step.ts";
import { negativeEntropy } from "../maps/geometry/negative-entropy.ts";
import { randomSource, type RandomSource } from "../random/streams.ts";
import type { DecisionProblem } from "./decision-problem.ts";

export interface TunedChoices {
  readonly geometry?: Geometry;
  /** alpha at first: of the last policies, the newest first, and at the end of the uniform ones. */
  readonly weights: readonly number[];
  /** The weights are tuned in every so many iterations; never where it is left out. */
  readonly tuneEvery?: number;
  /** Directions tried each time, and how far. */
  readonly directions?: number;
  readonly radius?: number;
  readonly seed?: number;
}

/** Weights stay in this range. */
const [lowest, highest] = [1e-6, 1];

/**
 * Mirror descent whose anchor weights are tuned by what they lead to (Li, Li, Zhou, Zhang, An, Wang 2024, configurable
 * mirror descent), the same for a process, a team and a zero-sum game. At each place
 *
 *     p' = argmax <g, p> - sum_i alpha_i B_h(p, a_i),     a_i the last policies and the uniform one
 *
 * and, by two-point signs in random directions u of length `radius`, with L the loss of the problem one step later:
 *
 *     alpha <- clip( alpha - sum_u sign( L(alpha + u) - L(alpha - u) ) u, 1e-6, 1 )
 */
export class TunedMirrorDescent {
  readonly problem: DecisionProblem;
  readonly #choices: TunedChoices;
  readonly #random: RandomSource;
  readonly #uniform: readonly Float64Array[];
  #iteration = 0;
  #weights: readonly number[];
  /** The last policies, the newest first. */
  #past: readonly (readonly Float64Array[])[];

  /** Throws `invalid-option` without two weights from 1e-6 to 1: the old policy's and the uniform one's. */
  constructor(problem: DecisionProblem, choices: TunedChoices) {
    const { weights, seed = 0 } = choices;
    if (weights.length < 2 || weights.some((w) => !(w >= lowest && w <= highest))) {
      throw new BregmanError("invalid-option",
        `weights: expected at least two numbers from ${lowest} to ${highest}, got ${weights.join(", ")}`);
    }
    this.problem = problem;
    this.#choices = choices;
    this.#random = randomSource(seed, "update", 7);
    this.#uniform = problem.actions.map((n) => new Float64Array(n).fill(1 / n));
    this.#weights = weights;
    this.#past = weights.slice(1).map(() => this.#uniform);
  }

  get iteration(): number { return this.#iteration; }
  get policies(): readonly Float64Array[] { return this.#past[0]!; }
  get weights(): readonly number[] { return this.#weights; }
  get loss(): number { return this.problem.loss(this.policies); }

  step(): void {
    const signals = this.problem.signals(this.policies);
    const { tuneEvery } = this.#choices;
    if (tuneEvery !== undefined && this.#iteration % tuneEvery === 0) {
      this.#tune((weights) => this.problem.loss(this.#moved(signals, weights)));
    }
    this.#past = [this.#moved(signals, this.#weights), ...this.#past.slice(0, -1)];
    this.#iteration++;
  }

  #moved(signals: readonly Float64Array[], weights: readonly number[]): Float64Array[] {
    const anchors = [...this.#past, this.#uniform];
    return signals.map((signal, place) => proximalStep(this.#choices.geometry ?? negativeEntropy, signal,
      anchors.map((policies, i) => ({ policy: policies[place]!, weight: weights[i]! }))));
  }

  #tune(lossOf: (weights: readonly number[]) => number): void {
    const { directions = 4, radius = 0.05 } = this.#choices;
    const clip = (weights: readonly number[]) => weights.map((w) => Math.max(lowest, Math.min(highest, w)));
    const moves = Array.from({ length: directions }, () => {
      const direction = this.#direction(radius);
      const at = (sign: number) => lossOf(clip(this.#weights.map((w, i) => w + sign * direction[i]!)));
      const difference = at(1) - at(-1);
      return direction.map((u) => (difference === 0 ? 0 : difference > 0 ? -u : u));
    });
    this.#weights = clip(this.#weights.map((w, i) => moves.reduce((sum, move) => sum + move[i]!, w)));
  }

  /** Evenly spread over all directions: a point of the cube that lies in the ball, brought to its length. */
  #direction(radius: number): number[] {
    for (;;) {
      const point = this.#weights.map(() => 2 * this.#random.uniform() - 1);
      const square = point.reduce((sum, x) => sum + x * x, 0);
      if (square > 0 && square <= 1) return point.map((x) => x * radius / Math.sqrt(square));
    }
  }
}

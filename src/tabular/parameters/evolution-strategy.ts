import { log64 } from "../../math/float64.ts";
import { randomSource, type RandomSource } from "../../random/streams.ts";
import { returnOf } from "../evaluate-policy.ts";
import type { Mdp } from "../mdp.ts";
import { PolicyMirrorDescent, type ExactChoices } from "../policy-mirror-descent.ts";
import { expectCounts, expectPositive } from "../checks.ts";

export interface EvolutionChoices {
  /** Pairs of antithetic points a generation. */
  readonly pairs: number;
  /** sigma, how far they lie from the parameters. */
  readonly deviation: number;
  readonly learningRate: number;
  readonly seed?: number;
}

/**
 * Evolution strategies with antithetic noise and ranks (Salimans, Ho, Chen, Sutskever 2017):
 * theta += rate / (2 n sigma) sum_i (rank(theta + sigma e_i) - rank(theta - sigma e_i)) e_i, ranks of the 2 n fitnesses
 * from -1/2 to 1/2, equal for equal ones.
 */
export class EvolutionStrategy {
  readonly #fitness: (parameters: Float64Array) => number;
  readonly #choices: EvolutionChoices;
  readonly #random: RandomSource;
  #parameters: Float64Array;

  /** Throws `invalid-option`. */
  constructor(first: ArrayLike<number>, fitness: (parameters: Float64Array) => number, choices: EvolutionChoices) {
    expectCounts({ pairs: choices.pairs });
    expectPositive({ deviation: choices.deviation, learningRate: choices.learningRate });
    this.#parameters = Float64Array.from(first);
    this.#fitness = fitness;
    this.#choices = choices;
    this.#random = randomSource(choices.seed ?? 0, "exploration");
  }

  get parameters(): Float64Array { return this.#parameters; }

  /** One generation; returns the mean fitness of its points. */
  step(): number {
    const { pairs, deviation, learningRate } = this.#choices;
    const noises = Array.from({ length: pairs }, () => this.#parameters.map(() => normal(this.#random)));
    const fitnesses = noises.flatMap((noise) => [deviation, -deviation].map((by) =>
      this.#fitness(this.#parameters.map((x, i) => x + by * noise[i]!))));
    const ranks = centredRanks(fitnesses);
    const scale = learningRate / (2 * pairs * deviation);
    this.#parameters = this.#parameters.map((x, i) =>
      x + scale * noises.reduce((sum, noise, n) => sum + (ranks[2 * n]! - ranks[2 * n + 1]!) * noise[i]!, 0));
    return fitnesses.reduce((sum, fitness) => sum + fitness) / fitnesses.length;
  }
}

/** The mean return of the policies after 1 to `iterations` steps: the area under the curve of a run. */
export function areaUnderCurve(mdp: Mdp, choices: ExactChoices, iterations: number): number {
  const run = new PolicyMirrorDescent(mdp, choices);
  let sum = 0;
  for (let k = 0; k < iterations; k++) {
    run.step();
    sum += returnOf(mdp, run.values);
  }
  return sum / iterations;
}

function centredRanks(values: readonly number[]): number[] {
  const balance = (value: number): number =>
    values.reduce((count, x) => count + (x < value ? 1 : x > value ? -1 : 0), 0);
  return values.map((x) => balance(x) / (2 * (values.length - 1)));
}

/** A standard normal number, by the polar method. */
function normal(random: RandomSource): number {
  for (;;) {
    const [x, y] = [2 * random.uniform() - 1, 2 * random.uniform() - 1];
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt(-2 * log64(square) / square);
  }
}

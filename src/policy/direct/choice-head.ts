import type { ActingMemory } from "./acting-memory.ts";
import type { DirectHead, HeadRow } from "./direct-head.ts";
import { Elementwise } from "./elementwise.ts";
import { foldedSum } from "./folded-sum.ts";
import type { ChoicePlan } from "./head-plan.ts";

/** What a forbidden choice has for a logit. */
const forbidden = -1e9;

/** One categorical distribution a choice. A sample is the argmax of log-probabilities plus Gumbel noise. */
export class ChoiceHead implements DirectHead {
  readonly #memory: ActingMemory;
  readonly #choices: readonly number[];
  readonly #exponentials: Float32Array;
  readonly #single: Float32Array;
  readonly #noise: Float32Array;

  /** Elements that it asks of the memory. */
  static floats({ outputs }: ChoicePlan): number {
    return 2 * outputs + 7;
  }

  constructor(memory: ActingMemory, { choices, outputs }: ChoicePlan) {
    this.#memory = memory;
    this.#choices = choices;
    this.#exponentials = memory.array(outputs);
    this.#single = memory.array(1);
    this.#noise = memory.array(outputs + 6);
  }

  act({ network, action, mask, row, random }: HeadRow): void {
    const { output } = network;
    const first = row * output.length;
    if (mask) for (let i = 0; i < output.length; i++) if (mask[first + i] === 0) output[i] = forbidden;
    for (let head = 0, at = 0; head < this.#choices.length; at += this.#choices[head++]!) {
      this.#logSoftmax(output, at, this.#choices[head]!);
    }
    if (random) {
      const noise = random.words(first, output.length, this.#noise);
      this.#memory.kernels.apply(Elementwise.gumbel, output.length, noise);
      for (let i = 0; i < output.length; i++) output[i]! += this.#noise[first % 4 + i]!;
    }
    for (let head = 0, at = 0; head < this.#choices.length; at += this.#choices[head++]!) {
      action[row * this.#choices.length + head] = argmax(output, at, this.#choices[head]!);
    }
  }

  /** x - log sum exp(x), shifted by the maximum. */
  #logSoftmax(x: Float32Array, start: number, count: number): void {
    const { kernels } = this.#memory;
    const exponentials = this.#exponentials;
    let peak = -Infinity;
    for (let i = start; i < start + count; i++) if (peak < x[i]!) peak = x[i]!;
    for (let i = 0; i < count; i++) {
      x[start + i]! -= peak;
      exponentials[i] = x[start + i]!;
    }
    kernels.apply(Elementwise.exp, count, exponentials.byteOffset);
    foldedSum(exponentials, 0, count, false, this.#single);
    kernels.apply(Elementwise.log, 1, this.#single.byteOffset);
    for (let i = start; i < start + count; i++) x[i]! -= this.#single[0]!;
  }
}

/** The first maximum; 0 where everything is NaN. */
function argmax(x: Float32Array, start: number, count: number): number {
  let best = -Infinity;
  let index = 0;
  for (let i = 0; i < count; i++) {
    if (x[start + i]! > best) {
      best = x[start + i]!;
      index = i;
    }
  }
  return index;
}

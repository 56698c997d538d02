import type { ActingMemory } from "./acting-memory.ts";
import type { DirectHead, HeadRow } from "./direct-head.ts";
import { Elementwise } from "./elementwise.ts";
import type { BoxPlan } from "./head-plan.ts";

const leastVariance = Math.fround(1e-6);

/** A diagonal Gaussian, squashed or not, or a deterministic policy; in units of the half box where it has a scale. */
export class BoxHead implements DirectHead {
  readonly #memory: ActingMemory;
  readonly #plan: BoxPlan;
  readonly #initialLogStd: number;
  readonly #explorationNoise: number;
  readonly #addsMiddle: boolean;
  readonly #value: Float32Array;
  readonly #std: Float32Array;
  readonly #noise: Float32Array;
  readonly #words: Float32Array;
  readonly #otherWords: Float32Array;
  /** State-dependent noise: squared features, and squared scales of the noise. */
  readonly #squares: Float32Array | undefined;
  readonly #variances: Float32Array | undefined;

  /** Elements that it asks of the memory. */
  static floats({ size, featureCount }: BoxPlan): number {
    return 5 * size + 12 + featureCount * (1 + size);
  }

  constructor(memory: ActingMemory, plan: BoxPlan) {
    const { size, logStd, featureCount, units } = plan;
    this.#memory = memory;
    this.#plan = plan;
    this.#initialLogStd = Math.fround(plan.initialLogStd);
    this.#explorationNoise = Math.fround(plan.explorationNoise ?? 0);
    this.#addsMiddle = units?.middle.some((middle) => middle !== 0) ?? false;
    this.#value = memory.array(size);
    this.#noise = memory.array(size);
    this.#words = memory.array(size + 6);
    this.#otherWords = memory.array(size + 6);
    this.#std = logStd && featureCount === 0 ? memory.place(logStd) : memory.array(size);
    this.#apply(Elementwise.exp, this.#std);
    if (!logStd || featureCount === 0) return;
    this.#squares = memory.array(featureCount);
    this.#variances = memory.place(logStd);
    for (let i = 0; i < logStd.length; i++) this.#variances[i]! *= 2;
    this.#apply(Elementwise.exp, this.#variances);
  }

  act(given: HeadRow): void {
    const { network, action, row, random } = given;
    const { size, squash, explorationNoise, units } = this.#plan;
    const value = this.#value;
    for (let i = 0; i < size; i++) value[i] = network.output[i]!;
    const isDeterministic = explorationNoise !== undefined;
    if (isDeterministic) this.#apply(Elementwise.tanh, value);
    if (random) {
      const first = random.words(row * size, size, this.#words);
      const second = random.words((given.rows + row) * size, size, this.#otherWords);
      this.#memory.kernels.normal(size, first, second, this.#noise.byteOffset);
      if (isDeterministic) this.#explore(value);
      else this.#sample(given, value);
    }
    if (squash && !isDeterministic) this.#apply(Elementwise.tanh, value);
    for (let i = 0; i < size; i++) {
      if (units) value[i]! *= Math.fround(units.half[i]!);
      if (units && this.#addsMiddle) value[i]! += Math.fround(units.middle[i]!);
      action[row * size + i] = value[i]!;
    }
  }

  /** Adds noise of one deviation, within [-1, 1]. */
  #explore(value: Float32Array): void {
    if (this.#explorationNoise === 0) return;
    for (let i = 0; i < value.length; i++) {
      this.#noise[i]! *= this.#explorationNoise;
      value[i]! += this.#noise[i]!;
      if (value[i]! < -1) value[i] = -1;
      if (value[i]! > 1) value[i] = 1;
    }
  }

  #sample({ network }: HeadRow, value: Float32Array): void {
    const std = this.#std;
    if (!this.#plan.logStd) {
      for (let i = 0; i < std.length; i++) {
        std[i] = network.output[std.length + i]! + this.#initialLogStd;
        if (std[i]! < -20) std[i] = -20;
        if (std[i]! > 2) std[i] = 2;
      }
      this.#apply(Elementwise.exp, std);
    } else if (this.#squares && this.#variances) {
      this.#marginal(network.features, this.#squares, this.#variances);
    }
    for (let i = 0; i < value.length; i++) {
      this.#noise[i]! *= std[i]!;
      value[i]! += this.#noise[i]!;
    }
  }

  /** The deviation sqrt(sum_f phi_f^2 sigma_f^2 + 1e-6) of noise that depends on the features phi. */
  #marginal(features: Float32Array, squares: Float32Array, variances: Float32Array): void {
    const std = this.#std;
    for (let i = 0; i < squares.length; i++) squares[i] = features[i]! * features[i]!;
    this.#memory.kernels.dense(
      squares.length, std.length, squares.byteOffset, variances.byteOffset, 0, std.byteOffset,
    );
    for (let i = 0; i < std.length; i++) std[i]! += leastVariance;
    this.#apply(Elementwise.log, std);
    for (let i = 0; i < std.length; i++) std[i]! *= 0.5;
    this.#apply(Elementwise.exp, std);
  }

  #apply(kind: number, values: Float32Array): void {
    this.#memory.kernels.apply(kind, values.length, values.byteOffset);
  }
}

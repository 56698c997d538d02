import type { AgentSpec } from "../../agent/agent.ts";
import { BregmanError } from "../../error.ts";
import { flatSize } from "../../envs/spaces.ts";
import type { PolicyFile } from "../read-policy-file.ts";
import type { ActingKernels, ActingMemory } from "./acting-memory.ts";
import { Elementwise } from "./elementwise.ts";
import { foldedSum } from "./folded-sum.ts";

/** A linear map, the scale and shift of its layer norm where it has one. */
interface LayerTensors {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly scale?: Float32Array;
  readonly shift?: Float32Array;
}

/** What a file holds of a policy network: all of it checked, nothing allocated yet. */
export interface NetworkTensors {
  readonly inputs: number;
  readonly layers: readonly LayerTensors[];
  readonly activation: number;
  /** Of the observation normalizer. */
  readonly mean: Float32Array | undefined;
  readonly scale: Float32Array | undefined;
}

/** Throws `checkpoint-corrupt` when the file lacks a tensor. The networks are checked (`checkNetworks`). */
export function networkTensors({ facts, tensor }: PolicyFile, outputs: number): NetworkTensors {
  const { observationSpace, normalizeObservations, networks: { hidden, activation, layerNorm } } = facts.spec;
  const inputs = flatSize(observationSpace);
  const widths = [inputs, ...hidden, outputs];
  const layers = widths.slice(1).map((width, i): LayerTensors => {
    const named = (role: string, ...shape: number[]): Float32Array => tensor(`policy.${i}.${role}`, shape);
    const linear = { weight: named("weight", widths[i]!, width), bias: named("bias", width) };
    if (!layerNorm || i === hidden.length) return linear;
    return { ...linear, scale: named("scale", width), shift: named("shift", width) };
  });
  const normalizer = (name: string): Float32Array | undefined =>
    normalizeObservations ? tensor(name, [inputs]) : undefined;
  return {
    inputs, layers, activation: Elementwise[activation],
    mean: normalizer("observationMean"), scale: normalizer("observationScale"),
  };
}

/** Throws `checkpoint-corrupt` for what is no network, `unsupported` for an activation of another version. */
export function checkNetworks(networks: AgentSpec["networks"]): void {
  if (!Array.isArray(networks?.hidden)) {
    throw new BregmanError("checkpoint-corrupt", "the policy file describes no network");
  }
  if (!Object.hasOwn(Elementwise, networks.activation) || Elementwise[networks.activation] > Elementwise.elu) {
    throw new BregmanError("unsupported",
      `the policy's activation ${JSON.stringify(networks.activation)} is not known to this version of bregman/policy`);
  }
}

interface Layer extends LayerTensors {
  readonly y: Float32Array;
}

/**
 * The policy network, one row at a time, in the order of arithmetic that compiled programs have: an element of a linear
 * map is one accumulator over the inputs ascending, a sum along a row is four of them (see `foldedSum`).
 */
export class DirectNetwork {
  /** The last hidden layer, and the outputs, of the row that ran last. */
  readonly features: Float32Array;
  readonly output: Float32Array;
  readonly #kernels: ActingKernels;
  readonly #tensors: NetworkTensors;
  readonly #input: Float32Array;
  readonly #sum = new Float32Array(1);
  readonly #layers: readonly Layer[];

  /** Elements that it asks of the memory. */
  static floats({ inputs, layers }: NetworkTensors): number {
    return layers.reduce((sum, { weight, bias }) => sum + weight.length + 2 * bias.length, inputs);
  }

  constructor(memory: ActingMemory, tensors: NetworkTensors) {
    this.#kernels = memory.kernels;
    this.#tensors = tensors;
    this.#input = memory.array(tensors.inputs);
    this.#layers = tensors.layers.map(({ weight, bias, ...norm }) =>
      ({ ...norm, weight: memory.place(weight), bias: memory.place(bias), y: memory.array(bias.length) }));
    this.output = this.#layers.at(-1)!.y;
    this.features = this.#layers.at(-2)?.y ?? this.#input;
  }

  /** The network of the observation that begins at element `at`. */
  run(observations: Float32Array, at: number): void {
    this.#normalize(observations, at);
    const last = this.#layers.length - 1;
    let x = this.#input;
    for (let i = 0; i <= last; i++) {
      const { weight, bias, scale, shift, y } = this.#layers[i]!;
      this.#kernels.dense(x.length, y.length, x.byteOffset, weight.byteOffset, bias.byteOffset, y.byteOffset);
      if (scale && shift) layerNorm(y, scale, shift, this.#sum);
      if (i < last) this.#kernels.apply(this.#tensors.activation, y.length, y.byteOffset);
      x = y;
    }
  }

  /** clip((x - mean) * scale, -10, 10). Each store to a Float32Array rounds. */
  #normalize(observations: Float32Array, at: number): void {
    const x = this.#input;
    const { mean, scale } = this.#tensors;
    for (let i = 0; i < x.length; i++) {
      x[i] = observations[at + i]!;
      if (!mean || !scale) continue;
      x[i]! -= mean[i]!;
      x[i]! *= scale[i]!;
      if (x[i]! < -10) x[i] = -10;
      if (x[i]! > 10) x[i] = 10;
    }
  }
}

const epsilon = Math.fround(1e-5);

/** (x - mean) / sqrt(variance + 1e-5) * scale + shift in place, each operation rounded to float32. */
function layerNorm(x: Float32Array, scale: Float32Array, shift: Float32Array, sum: Float32Array): void {
  const share = Math.fround(1 / x.length);
  foldedSum(x, 0, x.length, false, sum);
  const mean = Math.fround(share * sum[0]!);
  for (let i = 0; i < x.length; i++) x[i]! -= mean;
  foldedSum(x, 0, x.length, true, sum);
  const variance = Math.fround(share * sum[0]!);
  const deviation = Math.fround(Math.sqrt(Math.fround(variance + epsilon)));
  for (let i = 0; i < x.length; i++) {
    x[i]! /= deviation;
    x[i]! *= scale[i]!;
    x[i]! += shift[i]!;
  }
}

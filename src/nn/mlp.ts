import { BregmanError, nearest } from "../error.ts";
import * as t from "../tensor/index.ts";
import { activationOf, type Activation } from "./activations.ts";
import type { Initializer, Network, ParameterSpec } from "./module.ts";

/** How weights begin; biases begin at 0. The number beside it is the gain of hidden layers unless one is given. */
const weightInitializers = {
  orthogonal: { gain: Math.SQRT2, make: (gain: number): Initializer => ({ kind: "orthogonal", gain }) },
  "he-normal": { gain: Math.SQRT2, make: (gain: number): Initializer => ({ kind: "normal", gain, fan: "inputs" }) },
  "he-uniform": { gain: Math.SQRT2, make: (gain: number): Initializer => ({ kind: "uniform", gain, fan: "inputs" }) },
  "lecun-normal": { gain: 1, make: (gain: number): Initializer => ({ kind: "normal", gain, fan: "inputs" }) },
  "lecun-uniform": { gain: 1, make: (gain: number): Initializer => ({ kind: "uniform", gain, fan: "inputs" }) },
  "glorot-normal": { gain: 1, make: (gain: number): Initializer => ({ kind: "normal", gain, fan: "average" }) },
  "glorot-uniform": { gain: 1, make: (gain: number): Initializer => ({ kind: "uniform", gain, fan: "average" }) },
} as const;

export type WeightInitializer = keyof typeof weightInitializers;

export interface MlpOptions {
  readonly inputs: number;
  /** Widths of the hidden layers, from the input on; none gives a linear map. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  readonly activation: Activation;
  /** Layer norm with scale and shift between each hidden layer's linear map and its activation. */
  readonly layerNorm?: boolean;
  readonly initializer?: WeightInitializer;
  /** Default: sqrt(2) for orthogonal and He, 1 for LeCun and Glorot. */
  readonly hiddenGain?: number;
  /** Default 1; on-policy methods give 0.01 to the policy's last layer, so that it begins close to uniform. */
  readonly outputGain?: number;
  /** Parameters are called `name.0.weight`, `name.0.bias`, `name.0.scale`, ... ("mlp" unless given). */
  readonly name?: string;
}

/**
 * A multilayer perceptron: h_0 = x, h_i = activation(norm(h_{i-1} W_i + b_i)), output = h_L W + b. x [B, inputs] gives
 * output [B, outputs] and the features h_L. Throws `invalid-option` for sizes that are no positive integers and for
 * unknown names.
 */
export function mlp(options: MlpOptions): Network {
  const { inputs, hidden, outputs, layerNorm = false, name = "mlp" } = options;
  const widths = [inputs, ...hidden, outputs];
  if (!widths.every((width) => Number.isSafeInteger(width) && width > 0)) {
    throw new BregmanError("invalid-option", `mlp: every width must be a positive integer, got ${widths.join(", ")}`);
  }
  const activation = activationOf(options.activation);
  const last = hidden.length;
  return {
    inputs, outputs,
    featureCount: widths[last]!,
    parameters: widths.slice(1).flatMap((width, i) => layerParameters(options, name, i, widths[i]!, width)),
    apply(parameters, x) {
      const linear = (from: t.Tensor, i: number): t.Tensor =>
        t.matmul(from, parameters[`${name}.${i}.weight`]!, parameters[`${name}.${i}.bias`]!);
      let features = x;
      for (let i = 0; i < last; i++) {
        const sum = linear(features, i);
        const normalized = layerNorm
          ? t.layerNorm(sum, parameters[`${name}.${i}.scale`]!, parameters[`${name}.${i}.shift`]!)
          : sum;
        features = activation(normalized);
      }
      return { output: linear(features, last), features };
    },
  };
}

function layerParameters(options: MlpOptions, name: string, i: number, from: number, to: number): ParameterSpec[] {
  const initializer = initializerOf(options.initializer ?? "orthogonal");
  const isOutput = i === options.hidden.length;
  const gain = isOutput ? options.outputGain ?? 1 : options.hiddenGain ?? initializer.gain;
  const linear: ParameterSpec[] = [
    { name: `${name}.${i}.weight`, shape: [from, to], initializer: initializer.make(gain) },
    { name: `${name}.${i}.bias`, shape: [to], initializer: { kind: "zeros" } },
  ];
  if (isOutput || !options.layerNorm) return linear;
  return [...linear,
    { name: `${name}.${i}.scale`, shape: [to], initializer: { kind: "constant", value: 1 } },
    { name: `${name}.${i}.shift`, shape: [to], initializer: { kind: "zeros" } },
  ];
}

function initializerOf(name: WeightInitializer): (typeof weightInitializers)[WeightInitializer] {
  const found = Object.hasOwn(weightInitializers, name) ? weightInitializers[name] : undefined;
  if (found) return found;
  const names = nearest(String(name), Object.keys(weightInitializers)).join(", ");
  throw new BregmanError("invalid-option", `initializer: "${name}" is not known; nearest: ${names}`);
}

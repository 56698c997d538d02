import { BregmanError } from "../error.ts";
import * as t from "../tensor/index.ts";
import type { Tensor } from "../tensor/index.ts";
import type { Optimizer } from "./optimizer.ts";

// Notation: g gradient of what is minimized, a learning rate, p parameters.

export interface AdamOptions {
  /** Decay of the mean of gradients; default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients; default 0.999. */
  readonly beta2?: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
  /** Decoupled weight decay (AdamW); default 0. */
  readonly weightDecay?: number;
}

/**
 * Adam (Kingma and Ba 2015, algorithm 1), and AdamW (Loshchilov and Hutter 2019) where weightDecay w > 0:
 *
 *     m = beta1 m + (1 - beta1) g        c1 = beta1 c1 + (1 - beta1)
 *     v = beta2 v + (1 - beta2) g^2      c2 = beta2 c2 + (1 - beta2)
 *     p = p - a ((m / c1) / (sqrt(v / c2) + epsilon) + w p)
 *
 * c1 = 1 - beta1^t is the bias correction, kept as the same moving average of 1 (exact to a few ulp at every t, where 1
 * minus a running power loses digits). Epsilon stands outside of the corrected root, as in the paper's algorithm and
 * PyTorch; TensorFlow 1 and the paper's remark on efficiency put it outside of the UNcorrected root, a larger epsilon
 * early on. PyTorch's Adam (not AdamW) adds w p to g instead.
 *
 * State: m, v [P], c1, c2 [1], all from 0. Means below 1e-30 (squares: 1e-36) become 0: the gradients of dead units
 * decay into subnormal numbers, which cost many times a normal multiplication.
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const { epsilon = 1e-8, weightDecay = 0 } = options;
  const beta1 = decayOf("beta1", options.beta1 ?? 0.9);
  const beta2 = decayOf("beta2", options.beta2 ?? 0.999);
  nonNegative("epsilon", epsilon);
  nonNegative("weightDecay", weightDecay);
  return {
    kind: weightDecay > 0 ? "adamw" : "adam",
    stateSizes: (count) => ({
      mean: { size: count },
      square: { size: count },
      meanWeight: { size: 1 },
      squareWeight: { size: 1 },
    }),
    step({ parameters, gradient, learningRate, state }) {
      const mean = flushed(average(beta1, state.mean!, gradient), 1e-30);
      const square = flushed(average(beta2, state.square!, t.square(gradient)), 1e-36);
      const meanWeight = average(beta1, state.meanWeight!, 1);
      const squareWeight = average(beta2, state.squareWeight!, 1);
      const rate = t.div(learningRate, meanWeight);
      const root = t.sqrt(t.reciprocal(squareWeight));
      const change = t.div(t.mul(mean, rate), t.add(t.mul(t.sqrt(square), root), epsilon));
      const decayed =
        weightDecay > 0 ? t.sub(parameters, t.mul(parameters, t.mul(learningRate, weightDecay))) : parameters;
      return { parameters: t.sub(decayed, change), state: { mean, square, meanWeight, squareWeight } };
    },
  };
}

export interface SgdOptions {
  /** Decay of the sum of gradients; default 0 (plain gradient descent, no state). */
  readonly momentum?: number;
}

/**
 * Gradient descent with Polyak's heavy ball: v = momentum v + g; p = p - a v (v from 0, as PyTorch). Sutskever et al.
 * (2013) put the learning rate inside v, which differs only where it changes.
 */
export function sgd({ momentum = 0 }: SgdOptions = {}): Optimizer {
  const decay = decayOf("momentum", momentum);
  if (decay === 0) {
    return {
      kind: "sgd",
      stateSizes: () => ({}),
      step: ({ parameters, gradient, learningRate }) => ({
        parameters: t.sub(parameters, t.mul(learningRate, gradient)),
        state: {},
      }),
    };
  }
  return {
    kind: "sgd",
    stateSizes: (count) => ({ velocity: { size: count } }),
    step({ parameters, gradient, learningRate, state }) {
      const velocity = flushed(t.add(t.mul(state.velocity!, decay), gradient), 1e-30);
      return { parameters: t.sub(parameters, t.mul(learningRate, velocity)), state: { velocity } };
    },
  };
}

export interface RmspropOptions {
  /** Decay of the mean of squared gradients; default 0.99. */
  readonly decay?: number;
  /** Default 1e-8; A2C's published runs use 1e-5. */
  readonly epsilon?: number;
}

/**
 * RMSProp (Hinton 2012, lecture 6): s = decay s + (1 - decay) g^2; p = p - a g / (sqrt(s) + epsilon), s from 0, as
 * PyTorch. TensorFlow 1 puts epsilon inside the root and starts s at 1, which makes the first steps much smaller:
 * published A2C scores were reached with that one.
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  const { epsilon = 1e-8 } = options;
  const decay = decayOf("decay", options.decay ?? 0.99);
  nonNegative("epsilon", epsilon);
  return {
    kind: "rmsprop",
    stateSizes: (count) => ({ square: { size: count } }),
    step({ parameters, gradient, learningRate, state }) {
      const square = flushed(average(decay, state.square!, t.square(gradient)), 1e-36);
      const change = t.div(t.mul(learningRate, gradient), t.add(t.sqrt(square), epsilon));
      return { parameters: t.sub(parameters, change), state: { square } };
    },
  };
}

/** decay x + (1 - decay) y. */
function average(decay: number, x: Tensor, y: t.Operand): Tensor {
  return t.add(t.mul(x, decay), t.mul(1 - decay, typeof y === "number" ? t.scalar(y) : y));
}

/** 0 where |x| is below `least`. */
function flushed(x: Tensor, least: number): Tensor {
  return t.where(t.less(t.abs(x), least), 0, x);
}

/** The decay as the float32 that programs hold, so that 1 - decay fits it to the last digit. */
function decayOf(name: string, value: number): number {
  if (!(value >= 0 && value < 1)) {
    throw new BregmanError("invalid-option", `${name}: expected a number from 0 to below 1, got ${value}`);
  }
  return Math.fround(value);
}

function nonNegative(name: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) {
    throw new BregmanError("invalid-option", `${name}: expected a number of at least 0, got ${value}`);
  }
}

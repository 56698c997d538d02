// From a case of the table (or a random graph) to what gradients are checked on: a scalar, its variables, a point off
// the kinks.
import { add, grad, input, mul, square, sum, type Tensor } from "../../src/tensor/index.ts";
import { distanceToKink } from "./finite-differences.ts";
import type { Values } from "./interpreter.ts";
import type { OpCase } from "./op-cases.ts";
import { valuesFor, type InputSpec } from "./values.ts";

export interface Differentiable {
  readonly name: string;
  /** What the case builds, and the scalar made of it. */
  readonly output: Tensor;
  readonly loss: Tensor;
  /** The f32 inputs, and for each an input that gives a direction for second derivatives. */
  readonly variables: readonly Tensor[];
  readonly tangents: readonly Tensor[];
  /** A value for every input, exact in float32. */
  readonly values: Readonly<Record<string, Values>>;
}

/** Points closer to a kink than this are drawn again, at most so many times. */
const kinkMargin = 0.02;
const drawings = 200;

export const nameOf = (tensor: Tensor): string => (tensor.operation as { name: string }).name;

/**
 * loss = sum w (y + y^2 / 2) with random weights w: second derivatives exist even where y is linear. Throws when no
 * point off the kinks is found.
 */
export function differentiable(opCase: OpCase): Differentiable {
  const problem = tryDifferentiable(opCase);
  if (!problem) throw new Error(`${opCase.name}: no point off the kinks among ${drawings}`);
  return problem;
}

export function tryDifferentiable({ name, inputs, build }: OpCase): Differentiable | undefined {
  const specs: Record<string, InputSpec> = Object.fromEntries(inputs.map((spec, i) => [`x${i}`, spec]));
  const tensors = Object.entries(specs).map(([key, { shape, dtype }]) => input(key, shape, dtype));
  const y = build(...tensors);
  const loss = sum(mul(input("weights", y.shape), add(y, mul(0.5, square(y)))));
  const variables = tensors.filter(({ dtype }) => dtype === "f32");
  const tangents = variables.map((x) => input(`${nameOf(x)}.tangent`, x.shape));
  for (const tensor of tangents) specs[nameOf(tensor)] = { shape: tensor.shape, from: -1, to: 1 };
  specs.weights = { shape: y.shape, from: -1, to: 1 };
  const values = pointOffKinks(loss, specs);
  return values && { name, output: y, loss, variables, tangents, values };
}

function pointOffKinks(loss: Tensor, specs: Record<string, InputSpec>): Record<string, Values> | undefined {
  for (let seed = 1; seed <= drawings; seed++) {
    const values = valuesFor(specs, seed);
    if (distanceToKink([loss], values) >= kinkMargin) return values;
  }
  return undefined;
}

export const gradientsOf = ({ loss, variables }: Differentiable): Tensor[] => grad(loss, variables);

/** The tangents' values, by the names of their variables. */
export const directionOf = ({ variables, tangents, values }: Differentiable): Record<string, Values> =>
  Object.fromEntries(variables.map((x, i) => [nameOf(x), values[nameOf(tangents[i]!)]!]));

/** The Hessian times the direction of all tangents, as the gradient of <gradient, direction>. */
export function curvatureOf(problem: Differentiable): Tensor[] {
  const products = gradientsOf(problem).map((gradient, i) => sum(mul(gradient, problem.tangents[i]!)));
  return grad(products.reduce((a, b) => add(a, b)), problem.variables);
}

export interface Deviation {
  /** |actual - expected| over |expected| in the Euclidean norm. */
  readonly norm: number;
  /** The largest deviation of an element over the largest element. */
  readonly element: number;
}

/** Below `floor`, sizes count as `floor`: a gradient that is zero has no relative error. */
export function deviation(actual: ArrayLike<number>, expected: ArrayLike<number>, floor = 1e-2): Deviation {
  let [squares, reference, worst, largest] = [0, 0, 0, 0];
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    squares += difference * difference;
    reference += expected[i]! * expected[i]!;
    worst = Math.max(worst, difference);
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  const wrong = actual.length !== expected.length || Number.isNaN(squares);
  return wrong ? { norm: Infinity, element: Infinity } : {
    norm: Math.sqrt(squares) / Math.max(floor, Math.sqrt(reference)),
    element: worst / Math.max(floor, largest),
  };
}

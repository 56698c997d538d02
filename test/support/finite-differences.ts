// Central differences of a graph in float64, and how far a point is from the graph's kinks. What stands behind
// stopGradient is held at its value at the point, as a gradient holds it.
import type { Tensor } from "../../src/tensor/tensor.ts";
import { evaluate, type InputValues, type Values } from "./interpreter.ts";

/** The stencil is of fourth order: its error is step^4 times the fifth derivative, and 1e-16 / step of rounding. */
const step = 2e-4;

/** d outputs / d (values + t direction) at t = 0: a Jacobian-vector product. Inputs without a direction stay. */
export function directionalDifferences(
  outputs: readonly Tensor[], values: InputValues, direction: InputValues,
): Values[] {
  const fixed = stoppedValues(outputs, values);
  const at = (distance: number): Values[] => {
    const moved: Record<string, ArrayLike<number>> = { ...values };
    for (const [name, slope] of Object.entries(direction)) {
      moved[name] = Float64Array.from(values[name]!, (value, i) => value + distance * slope[i]!);
    }
    return evaluate(outputs, moved, { fixed });
  };
  const [far, near, minusNear, minusFar] = [at(2 * step), at(step), at(-step), at(-2 * step)] as const;
  return outputs.map((_, o) =>
    far[o]!.map((value, i) => (8 * (near[o]![i]! - minusNear[o]![i]!) - (value - minusFar[o]![i]!)) / (12 * step)));
}

/** The gradient of a scalar with respect to one named input, element by element. */
export function differences(scalar: Tensor, values: InputValues, name: string): Values {
  return Float64Array.from(values[name]!, (_, i) => {
    const unit = Float64Array.from(values[name]!, (_, j) => (i === j ? 1 : 0));
    return directionalDifferences([scalar], values, { [name]: unit })[0]![0]!;
  });
}

function stoppedValues(outputs: readonly Tensor[], values: InputValues): Map<Tensor, Values> {
  const stopped = new Map<Tensor, Values>();
  evaluate(outputs, values, {
    observe: (tensor, value) => {
      if (tensor.operation.op === "stop-gradient" && tensor.dtype === "f32") stopped.set(tensor, value);
    },
  });
  return stopped;
}

// ---- kinks ---------------------------------------------------------------------------------------------------------

/**
 * The smallest distance of any value in the graph from a place where its op has a kink or jumps: ties of min, max and
 * comparisons, 0 of abs, whole numbers of floor. Only what the outputs reach without passing a stopGradient counts.
 */
export function distanceToKink(outputs: readonly Tensor[], values: InputValues): number {
  const computed = new Map<Tensor, Values>();
  evaluate(outputs, values, { observe: (tensor, value) => computed.set(tensor, value) });
  let least = Infinity;
  for (const tensor of reachedByGradient(outputs)) {
    least = Math.min(least, ownDistance(tensor, tensor.inputs.map((each) => computed.get(each)!)));
  }
  return least;
}

/** What the outputs need without passing a stopGradient, and what in it varies with an f32 input. */
function reachedByGradient(outputs: readonly Tensor[]): Tensor[] {
  const reached = new Set<Tensor>();
  const stack = [...outputs];
  while (stack.length > 0) {
    const tensor = stack.pop()!;
    if (reached.has(tensor)) continue;
    reached.add(tensor);
    if (tensor.operation.op !== "stop-gradient") stack.push(...tensor.inputs);
  }
  const varying = new Set<Tensor>();
  const ascending = [...reached].sort((a, b) => a.id - b.id);
  for (const tensor of ascending) {
    const given = tensor.operation.op === "input" && tensor.dtype === "f32";
    if (given || tensor.inputs.some((each) => varying.has(each))) varying.add(tensor);
  }
  return [...varying];
}

function ownDistance({ operation, inputs }: Tensor, operands: readonly Values[]): number {
  if (inputs[0]?.dtype !== "f32") return Infinity;
  const [x, y] = operands as [Values, Values];
  const least = (distances: Iterable<number>): number => [...distances].reduce((a, b) => Math.min(a, b), Infinity);
  switch (operation.op) {
    case "min": case "max": case "lt": case "le":
      // An exact tie is no accident: both sides are the same function there, as in min(x, clamp(x)).
      return least(x.map((value, i) => (value === y[i]! ? Infinity : Math.abs(value - y[i]!))));
    case "abs":
      return least(x.map(Math.abs));
    case "floor": case "cast":
      return least(x.map((value) => Math.abs(value - Math.round(value))));
    case "round":
      return least(x.map((value) => Math.abs(value - Math.floor(value) - 0.5)));
    case "reduce":
      return operation.kind === "sum" ? Infinity : closestPair(x);
    case "argmax":
      return closestPair(x);
    default:
      return Infinity;
  }
}

/** The smallest gap between any two values: no more than the gap between the best two of any group. */
function closestPair(x: Values): number {
  const sorted = x.slice().sort();
  return sorted.reduce((least, value, i) => (i === 0 ? least : Math.min(least, value - sorted[i - 1]!)), Infinity);
}

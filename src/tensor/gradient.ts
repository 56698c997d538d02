import { BregmanError } from "../error.ts";
import { stopGradient } from "./elementwise.ts";
import { add, mul, sum } from "./functions.ts";
import { ruleOf } from "./gradient-rules.ts";
import { sameShape } from "./shape.ts";
import { joinSlices, type SliceGradient } from "./slice-gradients.ts";
import { full } from "./sources.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Gradients of a scalar with respect to tensors it was computed from, by reverse accumulation. The result is a graph of
 * the same primitives, so gradients of gradients, of inputs and through an unrolled update need nothing else. A tensor
 * that the scalar does not depend on gets zeros. Several losses of one forward pass are several calls: what they share
 * is compiled once.
 *
 * `seed` replaces the leading 1: the result is then the vector-Jacobian product seed^T dy/dx, and y may have any shape.
 * Throws `invalid-shape` when y is no scalar (without a seed), `not-differentiable` for an op without a rule.
 */
export function grad(y: Tensor, variables: readonly Tensor[], seed?: Tensor): Tensor[] {
  if (!seed && y.size !== 1) {
    throw new BregmanError("invalid-shape", `grad: expected a scalar, got [${y.shape}]; reduce it, or pass a seed`);
  }
  if (seed && !sameShape(seed.shape, y.shape)) {
    throw new BregmanError("invalid-shape", `grad: the seed must be [${y.shape}], got [${seed.shape}]`);
  }
  const nodes = dependents(y, new Set(variables));
  const needed = new Set(nodes);
  const gradients = new Map<Tensor, Tensor>();
  const slices = new Map<Tensor, SliceGradient[]>();
  if (needed.has(y)) gradients.set(y, seed ?? full(y.shape, 1));

  for (const node of nodes) {
    const pieces = slices.get(node);
    if (pieces) accumulate(gradients, node, joinSlices(node.shape, pieces));
    const gradient = gradients.get(node);
    if (!gradient) continue;
    if (node.operation.op === "slice") {
      const source = node.inputs[0]!;
      if (!needed.has(source)) continue;
      const list = slices.get(source) ?? [];
      list.push({ starts: node.operation.starts, gradient });
      slices.set(source, list);
      continue;
    }
    const thunks = ruleOf(node)(node, gradient, node.inputs);
    node.inputs.forEach((source, i) => {
      const thunk = thunks[i];
      if (thunk && needed.has(source)) accumulate(gradients, source, thunk());
    });
  }
  return variables.map((x) => gradients.get(x) ?? full(x.shape, 0));
}

function accumulate(gradients: Map<Tensor, Tensor>, node: Tensor, gradient: Tensor): void {
  const before = gradients.get(node);
  gradients.set(node, before ? add(before, gradient) : gradient);
}

/** The float nodes on a differentiable path from `targets` to y, y first. */
function dependents(y: Tensor, targets: ReadonlySet<Tensor>): Tensor[] {
  const reachable = new Set<Tensor>();
  const stack = [y];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (reachable.has(node)) continue;
    reachable.add(node);
    if (node.operation.op !== "stop-gradient") stack.push(...node.inputs);
  }
  const ascending = [...reachable].sort((a, b) => a.id - b.id);
  const depends = new Set<Tensor>();
  for (const node of ascending) {
    const through = node.operation.op !== "stop-gradient" && node.inputs.some((source) => depends.has(source));
    if (node.dtype === "f32" && (targets.has(node) || through)) depends.add(node);
  }
  return ascending.filter((node) => depends.has(node)).reverse();
}

/**
 * Hessian-vector product: the gradient of <grad y, vector> (Pearlmutter 1994), one more pass over the graph. The vector
 * counts as constant, also when it was computed from x.
 */
export function hessianVectorProduct(y: Tensor, x: Tensor, vector: Tensor): Tensor {
  const [first] = grad(y, [x]) as [Tensor];
  return (grad(sum(mul(first, stopGradient(vector))), [x]) as [Tensor])[0];
}

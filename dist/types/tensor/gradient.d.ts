import type { Tensor } from "./tensor.js";
/**
 * Gradients of a scalar with respect to tensors it was computed from, by reverse accumulation. The result is a graph of
 * the same primitives, so gradients of gradients, of inputs and through an unrolled update need nothing else. A tensor
 * that the scalar does not depend on gets zeros. Several losses of one forward pass are several calls: what they share
 * is compiled once.
 *
 * `seed` replaces the leading 1: the result is then the vector-Jacobian product seed^T dy/dx, and y may have any shape.
 * Throws `invalid-shape` when y is no scalar (without a seed), `not-differentiable` for an op without a rule.
 */
export declare function grad(y: Tensor, variables: readonly Tensor[], seed?: Tensor): Tensor[];
/**
 * Hessian-vector product: the gradient of <grad y, vector> (Pearlmutter 1994), one more pass over the graph. The vector
 * counts as constant, also when it was computed from x.
 */
export declare function hessianVectorProduct(y: Tensor, x: Tensor, vector: Tensor): Tensor;

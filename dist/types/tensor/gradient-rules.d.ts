import type { Tensor } from "./tensor.js";
/** How a node passes the gradient of its value on to its inputs: one thunk an input, called only where it is needed. */
type Rule = (node: Tensor, gradient: Tensor, inputs: readonly Tensor[]) => readonly (undefined | (() => Tensor))[];
/** Throws `not-differentiable` when the node's operation has no rule. */
export declare function ruleOf(node: Tensor): Rule;
export {};

import type { Shape } from "./shape.ts";

/** `bool` exists inside programs only (comparisons, masks); memory holds f32 and i32. */
export type DType = "f32" | "i32" | "bool";

export type UnaryOp =
  | "neg" | "abs" | "exp" | "log" | "sqrt" | "tanh" | "sin" | "cos" | "floor" | "round" | "not" | "uniform";
export type BinaryOp = "add" | "sub" | "mul" | "div" | "min" | "max" | "lt" | "le" | "eq" | "and" | "or";
export type ReduceKind = "sum" | "max" | "min";

/** The primitives. Everything else is composed of these, and a gradient is a graph of the same. */
export type Operation =
  | { readonly op: "input"; readonly name: string }
  | { readonly op: "constant"; readonly value: number }
  | { readonly op: "iota"; readonly axis: number }
  | { readonly op: UnaryOp | BinaryOp | "where" | "cast" | "stop-gradient" }
  | { readonly op: "reshape" | "expand" }
  | { readonly op: "permute"; readonly axes: readonly number[] }
  | { readonly op: "slice"; readonly starts: readonly number[] }
  | { readonly op: "concat"; readonly axis: number }
  | { readonly op: "reduce"; readonly kind: ReduceKind; readonly axes: readonly number[] }
  | { readonly op: "matmul" }
  | { readonly op: "gather-rows" | "scatter-add-rows" }
  | { readonly op: "take-along" | "scatter-add-along" }
  | { readonly op: "argmax" }
  | { readonly op: "linear-scan"; readonly reverse: boolean }
  | { readonly op: "random-bits"; readonly salt: number };

export type OperationName = Operation["op"];

interface Count {
  created: number;
}

let count: Count | undefined;

/**
 * One count for every copy of this file that is loaded, the facade's and that of `bregman/tensor`: a graph may hold
 * tensors of both, as that of an objective of one's own does.
 */
function nextId(): number {
  count ??= (globalThis as unknown as Record<symbol, Count>)[Symbol.for("bregman.tensors")] ??= { created: 0 };
  return count.created++;
}

/**
 * A symbolic tensor: a node of an immutable graph with a static shape. Nothing is computed until a program is compiled.
 * Tensors are made by the primitives (`sources.ts`, `elementwise.ts`, `views.ts`, `reductions.ts`, `indexing.ts`) and
 * by what is composed of them (`functions.ts`, `gradient.ts`).
 */
export class Tensor {
  /** Grows with creation, so that inputs always carry smaller numbers than what is computed from them. */
  readonly id = nextId();
  readonly operation: Operation;
  readonly inputs: readonly Tensor[];
  readonly shape: Shape;
  readonly dtype: DType;

  constructor(operation: Operation, inputs: readonly Tensor[], shape: Shape, dtype: DType) {
    this.operation = operation;
    this.inputs = inputs;
    this.shape = shape;
    this.dtype = dtype;
  }

  get rank(): number {
    return this.shape.length;
  }

  get size(): number {
    return this.shape.reduce((product, size) => product * size, 1);
  }
}

/** What a function of tensors accepts: a plain number becomes a constant of the other operand's dtype. */
export type Operand = Tensor | number;

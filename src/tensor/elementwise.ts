import { BregmanError } from "../error.ts";
import { broadcastShapes, type Shape } from "./shape.ts";
import { constant, full } from "./sources.ts";
import { Tensor, type BinaryOp, type DType, type Operand, type UnaryOp } from "./tensor.ts";
import { expand } from "./views.ts";

// The elementwise primitives. Rewrites here never change a rounding: x*1, x+0, x-0, x/1, -(-x), 0*x.

export function unary(op: UnaryOp, x: Tensor): Tensor {
  const wanted: DType = op === "not" ? "bool" : op === "uniform" ? "i32" : "f32";
  const integer = x.dtype === "i32" && (op === "neg" || op === "abs");
  if (x.dtype !== wanted && !integer) {
    throw new BregmanError("invalid-dtype", `${op}: expected ${wanted}, got ${x.dtype}`);
  }
  if (op === "neg") {
    const value = constantValue(x);
    if (value !== undefined) return full(x.shape, -value, x.dtype as "f32" | "i32");
    if (x.operation.op === "neg") return x.inputs[0]!;
  }
  return new Tensor({ op }, [x], x.shape, op === "uniform" ? "f32" : x.dtype);
}

export function binary(op: BinaryOp, left: Operand, right: Operand): Tensor {
  const known = typeof left === "number" ? right : left;
  const dtype = typeof known === "number" ? "f32" : known.dtype;
  let a = asTensor(left, dtype);
  let b = asTensor(right, dtype);
  checkDTypes(op, a, b);
  const shape = broadcastShapes(a.shape, b.shape, op);
  const simplified = simplify(op, a, b, shape);
  if (simplified) return simplified;
  a = expand(a, shape);
  b = expand(b, shape);
  const comparison = op === "lt" || op === "le" || op === "eq";
  return new Tensor({ op }, [a, b], shape, comparison ? "bool" : a.dtype);
}

function checkDTypes(op: BinaryOp, a: Tensor, b: Tensor): void {
  const logic = op === "and" || op === "or";
  const ok = a.dtype === b.dtype && (a.dtype === "bool") === logic && !(op === "div" && a.dtype === "i32");
  if (!ok) throw new BregmanError("invalid-dtype", `${op}: does not take ${a.dtype} and ${b.dtype}; use cast()`);
}

function simplify(op: BinaryOp, a: Tensor, b: Tensor, shape: Shape): Tensor | undefined {
  const x = constantValue(a);
  const y = constantValue(b);
  const dtype = a.dtype as "f32" | "i32";
  if (x !== undefined && y !== undefined && a.dtype === "f32") {
    if (op === "add") return full(shape, x + y);
    if (op === "sub") return full(shape, x - y);
    if (op === "mul") return full(shape, x * y);
    if (op === "div" && y !== 0) return full(shape, x / y);
  }
  switch (op) {
    case "add":
      if (x === 0) return expand(b, shape);
      if (y === 0) return expand(a, shape);
      return b.operation.op === "neg" ? binary("sub", a, b.inputs[0]!) : undefined;
    case "sub":
      return y === 0 ? expand(a, shape) : undefined;
    case "mul":
      if (x === 0 || y === 0) return full(shape, 0, dtype);
      if (x === 1) return expand(b, shape);
      if (y === 1) return expand(a, shape);
      if (x === -1) return expand(unary("neg", b), shape);
      return y === -1 ? expand(unary("neg", a), shape) : undefined;
    case "div":
      if (x === 0) return full(shape, 0);
      return y === 1 ? expand(a, shape) : undefined;
    default:
      return undefined;
  }
}

/** `condition ? a : b`, elementwise. */
export function where(condition: Tensor, left: Operand, right: Operand): Tensor {
  if (condition.dtype !== "bool") {
    throw new BregmanError("invalid-dtype", `where: the condition must be bool, got ${condition.dtype}`);
  }
  const known = typeof left === "number" ? right : left;
  const dtype = typeof known === "number" ? "f32" : known.dtype;
  const a = asTensor(left, dtype);
  const b = asTensor(right, dtype);
  if (a.dtype !== b.dtype) throw new BregmanError("invalid-dtype", `where: branches are ${a.dtype} and ${b.dtype}`);
  const shape = broadcastShapes(condition.shape, broadcastShapes(a.shape, b.shape, "where"), "where");
  if (a === b) return expand(a, shape);
  return new Tensor({ op: "where" }, [expand(condition, shape), expand(a, shape), expand(b, shape)], shape, a.dtype);
}

/** Converts between dtypes: bool gives 1 and 0; f32 to i32 truncates towards zero; i32 to bool tests for non-zero. */
export function cast(x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x;
  const value = constantValue(x);
  if (value !== undefined && x.dtype !== "bool" && dtype !== "bool") {
    return full(x.shape, dtype === "i32" ? Math.trunc(value) : value, dtype);
  }
  if (dtype === "bool") return unary("not", binary("eq", x, 0));
  return new Tensor({ op: "cast" }, [x], x.shape, dtype);
}

/** The same value; no gradient flows through it. */
export function stopGradient(x: Tensor): Tensor {
  return new Tensor({ op: "stop-gradient" }, [x], x.shape, x.dtype);
}

/** The value of a tensor that is one constant everywhere, else undefined. */
export function constantValue(tensor: Tensor): number | undefined {
  let node = tensor;
  while (node.operation.op === "expand" || node.operation.op === "reshape") node = node.inputs[0]!;
  return node.operation.op === "constant" ? node.operation.value : undefined;
}

function asTensor(operand: Operand, dtype: DType): Tensor {
  return typeof operand === "number" ? constant(operand, dtype === "i32" ? "i32" : "f32") : operand;
}

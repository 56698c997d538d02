import { BregmanError } from "../error.ts";
import { broadcastShapes, normalizeAxes, normalizeAxis, sameShape, sizeOf } from "./shape.ts";
import { Tensor, type ReduceKind } from "./tensor.ts";
import { expand, permute, reshape } from "./views.ts";

// The primitives that combine elements along axes: reductions, matrix products, linear recurrences.

export interface ReduceOptions {
  readonly keepDims?: boolean;
}

/** Sum, maximum or minimum of x over `axes` (all by default), which go, or stay with size 1 under `keepDims`. */
export function reduce(
  kind: ReduceKind, x: Tensor, axes?: number | readonly number[], options: ReduceOptions = {},
): Tensor {
  if (x.dtype !== "f32") throw new BregmanError("invalid-dtype", `${kind}: expected f32, got ${x.dtype}`);
  const over = normalizeAxes(axes, x.rank, kind);
  const kept = x.shape.filter((_, axis) => !over.includes(axis));
  const withOnes = x.shape.map((size, axis) => (over.includes(axis) ? 1 : size));
  const result = sizeOf(kept) === x.size
    ? reshape(x, kept)
    : new Tensor({ op: "reduce", kind, axes: over }, [x], kept, "f32");
  return options.keepDims ? reshape(result, withOnes) : result;
}

/** Index of the first maximum along `axis`, i32. */
export function argmax(x: Tensor, axis = -1): Tensor {
  if (x.dtype !== "f32") throw new BregmanError("invalid-dtype", `argmax: expected f32, got ${x.dtype}`);
  const at = normalizeAxis(axis, x.rank, "argmax");
  const order = [...x.shape.keys()].filter((i) => i !== at);
  const moved = permute(x, [...order, at]);
  return new Tensor({ op: "argmax" }, [moved], order.map((i) => x.shape[i]!), "i32");
}

/**
 * y = a b (+ bias): a [..., M, K], b [..., K, N], leading axes broadcast, bias [N]. A side may be a `transpose`, a view
 * that the kernel reads in place. Each element is one f32 accumulator that starts at the bias and takes k ascending.
 */
export function matmul(a: Tensor, b: Tensor, bias?: Tensor): Tensor {
  const inner = a.shape[a.rank - 1]!;
  if (a.rank < 2 || b.rank < 2 || inner !== b.shape[b.rank - 2]) {
    throw new BregmanError("invalid-shape",
      `matmul: [${a.shape}] and [${b.shape}] do not multiply; expected [..., M, K] and [..., K, N]`);
  }
  const m = a.shape[a.rank - 2]!;
  const n = b.shape[b.rank - 1]!;
  if (bias && !sameShape(bias.shape, [n])) {
    throw new BregmanError("invalid-shape", `matmul: the bias must be [${n}], got [${bias.shape}]`);
  }
  for (const side of bias ? [a, b, bias] : [a, b]) {
    if (side.dtype !== "f32") throw new BregmanError("invalid-dtype", `matmul: expected f32, got ${side.dtype}`);
  }
  if (a.rank > 2 && b.rank === 2) {
    return reshape(matmul(reshape(a, [-1, inner]), b, bias), [...a.shape.slice(0, -1), n]);
  }
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2), "matmul");
  const left = expand(a, [...batch, m, inner]);
  const right = expand(b, [...batch, inner, n]);
  return new Tensor({ op: "matmul" }, bias ? [left, right, bias] : [left, right], [...batch, m, n], "f32");
}

/**
 * A linear recurrence along axis 0: y[t] = x[t] + a[t] y[t-1], or with `reverse` y[t] = x[t] + a[t] y[t+1]; y is 0
 * before the start. A zero in `a` cuts the sequence: with a = discount * (1 - end) this is the segmented scan of
 * returns and advantages.
 */
export function linearScan(x: Tensor, a: Tensor, options: { readonly reverse?: boolean } = {}): Tensor {
  if (x.rank < 1) throw new BregmanError("invalid-shape", "linearScan: a scalar has no axis 0");
  for (const { dtype } of [x, a]) {
    if (dtype !== "f32") throw new BregmanError("invalid-dtype", `linearScan: expected f32, got ${dtype}`);
  }
  return new Tensor({ op: "linear-scan", reverse: options.reverse ?? false }, [x, expand(a, x.shape)], x.shape, "f32");
}

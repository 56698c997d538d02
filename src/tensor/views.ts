import { BregmanError } from "../error.ts";
import { broadcastShapes, checkShape, normalizeAxis, sameShape, sizeOf, type Shape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

// The primitives that move no number: the compiler turns them into strided accesses of their readers, a concat into the
// places that its parts are written to.

/** The same elements in row-major order under another shape; one axis may be -1 and takes what is left. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const unknown = shape.indexOf(-1);
  const known = shape.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  const resolved = unknown < 0 ? [...shape] : shape.map((size) => (size === -1 ? x.size / known : size));
  checkShape(resolved, "reshape");
  if (sizeOf(resolved) !== x.size) {
    throw new BregmanError("invalid-shape",
      `reshape: [${x.shape}] has ${x.size} elements, [${shape}] needs ${sizeOf(resolved)}`);
  }
  if (sameShape(x.shape, resolved)) return x;
  const source = x.operation.op === "reshape" ? x.inputs[0]! : x;
  return sameShape(source.shape, resolved) ? source : new Tensor({ op: "reshape" }, [source], resolved, x.dtype);
}

/** Broadcasts to `shape` by NumPy's rule. */
export function expand(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const broadcast = broadcastShapes(x.shape, shape, "expand");
  if (!sameShape(broadcast, shape)) {
    throw new BregmanError("invalid-shape", `expand: [${x.shape}] does not broadcast to [${shape}]`);
  }
  const source = x.operation.op === "expand" ? x.inputs[0]! : x;
  return new Tensor({ op: "expand" }, [source], [...shape], x.dtype);
}

/** Axis i of the result is axis `axes[i]` of x. */
export function permute(x: Tensor, axes: readonly number[]): Tensor {
  const order = axes.map((axis) => normalizeAxis(axis, x.rank, "permute"));
  if (order.length !== x.rank || new Set(order).size !== x.rank) {
    throw new BregmanError("invalid-shape", `permute: [${axes}] is no order of the ${x.rank} axes`);
  }
  if (order.every((axis, i) => axis === i)) return x;
  return new Tensor({ op: "permute", axes: order }, [x], order.map((axis) => x.shape[axis]!), x.dtype);
}

/** Elements `start <= index < stop` along `axis`. */
export function slice(x: Tensor, axis: number, start: number, stop: number): Tensor {
  const at = normalizeAxis(axis, x.rank, "slice");
  if (!Number.isInteger(start) || !Number.isInteger(stop) || start < 0 || stop <= start || stop > x.shape[at]!) {
    throw new BregmanError("invalid-shape",
      `slice: [${start}, ${stop}) is empty or outside of axis ${at} of [${x.shape}]`);
  }
  if (stop - start === x.shape[at]) return x;
  const shape = x.shape.map((size, i) => (i === at ? stop - start : size));
  return new Tensor({ op: "slice", starts: x.shape.map((_, i) => (i === at ? start : 0)) }, [x], shape, x.dtype);
}

/** Joins tensors along `axis`. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const first = tensors[0];
  if (!first) throw new BregmanError("invalid-shape", "concat: needs at least one tensor");
  const at = normalizeAxis(axis, first.rank, "concat");
  for (const tensor of tensors) {
    const fits = tensor.rank === first.rank && tensor.shape.every((size, i) => i === at || size === first.shape[i]);
    if (!fits || tensor.dtype !== first.dtype) {
      throw new BregmanError("invalid-shape",
        `concat: [${tensor.shape}] ${tensor.dtype} does not join [${first.shape}] ${first.dtype} along axis ${at}`);
    }
  }
  if (tensors.length === 1) return first;
  const length = tensors.reduce((sum, tensor) => sum + tensor.shape[at]!, 0);
  const shape = first.shape.map((size, i) => (i === at ? length : size));
  return new Tensor({ op: "concat", axis: at }, tensors, shape, first.dtype);
}

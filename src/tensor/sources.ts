import { BregmanError } from "../error.ts";
import { checkShape, normalizeAxis, sameShape, type Shape } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { expand } from "./views.ts";

// The primitives that begin a graph: what the caller gives, constants, indices, random words.

/** A tensor that the caller provides: data, parameters, state. `name` is what a program's buffers are called by. */
export function input(name: string, shape: Shape, dtype: "f32" | "i32" = "f32"): Tensor {
  checkShape(shape, `input "${name}"`);
  return new Tensor({ op: "input", name }, [], [...shape], dtype);
}

/** A scalar constant. */
export function constant(value: number, dtype: "f32" | "i32" = "f32"): Tensor {
  return new Tensor({ op: "constant", value }, [], [], dtype);
}

/** `value` at every element of `shape`. */
export function full(shape: Shape, value: number, dtype: "f32" | "i32" = "f32"): Tensor {
  return expand(constant(value, dtype), shape);
}

/** The index along `axis` at every element, i32. */
export function iota(shape: Shape, axis: number): Tensor {
  checkShape(shape, "iota");
  return new Tensor({ op: "iota", axis: normalizeAxis(axis, shape.length, "iota") }, [], [...shape], "i32");
}

/**
 * Random words, i32: element i is word i mod 4 of Philox4x32-10 at counter (floor(i/4), salt, draw, stream) under the
 * key, all four from `state`, i32 [4] = [key0, key1, draw, stream]. `salt` keeps several draws of one program apart.
 */
export function randomBits(state: Tensor, shape: Shape, salt: number): Tensor {
  checkShape(shape, "randomBits");
  if (state.dtype !== "i32" || !sameShape(state.shape, [4])) {
    throw new BregmanError("invalid-shape",
      `randomBits: the state must be i32 [4], got ${state.dtype} [${state.shape}]`);
  }
  return new Tensor({ op: "random-bits", salt }, [state], [...shape], "i32");
}

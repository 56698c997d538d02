import { type Shape } from "./shape.js";
import { Tensor } from "./tensor.js";
/** A tensor that the caller provides: data, parameters, state. `name` is what a program's buffers are called by. */
export declare function input(name: string, shape: Shape, dtype?: "f32" | "i32"): Tensor;
/** A scalar constant. */
export declare function constant(value: number, dtype?: "f32" | "i32"): Tensor;
/** `value` at every element of `shape`. */
export declare function full(shape: Shape, value: number, dtype?: "f32" | "i32"): Tensor;
/** The index along `axis` at every element, i32. */
export declare function iota(shape: Shape, axis: number): Tensor;
/**
 * Random words, i32: element i is word i mod 4 of Philox4x32-10 at counter (floor(i/4), salt, draw, stream) under the
 * key, all four from `state`, i32 [4] = [key0, key1, draw, stream]. `salt` keeps several draws of one program apart.
 */
export declare function randomBits(state: Tensor, shape: Shape, salt: number): Tensor;

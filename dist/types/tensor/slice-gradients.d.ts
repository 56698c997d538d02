import { type Shape } from "./shape.js";
import type { Tensor } from "./tensor.js";
export interface SliceGradient {
    readonly starts: readonly number[];
    readonly gradient: Tensor;
}
/**
 * The gradient of a tensor of the given shape from those of its slices. Slices that overlap, or are cut along different
 * axes, are padded with zeros and added.
 */
export declare function joinSlices(shape: Shape, pieces: readonly SliceGradient[]): Tensor;

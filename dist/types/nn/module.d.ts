import type { Shape, Tensor } from "../tensor/index.js";
/** How a parameter is filled before training; see `initializers.ts`. */
export type Initializer = {
    readonly kind: "zeros";
} | {
    readonly kind: "constant";
    readonly value: number;
}
/** Rows or columns orthonormal, times gain (Saxe et al. 2014); [inputs, outputs]. */
 | {
    readonly kind: "orthogonal";
    readonly gain: number;
}
/**
 * N(0, gain^2 / fan) or U(-b, b) of the same variance: fan is the inputs (LeCun, He, by gain), or the mean of inputs
 * and outputs (Glorot).
 */
 | {
    readonly kind: "normal" | "uniform";
    readonly gain: number;
    readonly fan: "inputs" | "average";
};
export interface ParameterSpec {
    readonly name: string;
    readonly shape: Shape;
    readonly initializer: Initializer;
}
/** Parameters by name: slices of one flat vector while a program is traced. */
export type Parameters = Readonly<Record<string, Tensor>>;
/**
 * A network: what it needs, and what it computes from it. x [B, inputs] gives output [B, outputs] and the last hidden
 * layer.
 */
export interface Network {
    readonly inputs: number;
    readonly outputs: number;
    /** Width of the last hidden layer (of the input where there is none). */
    readonly featureCount: number;
    readonly parameters: readonly ParameterSpec[];
    apply(parameters: Parameters, x: Tensor): {
        readonly output: Tensor;
        readonly features: Tensor;
    };
}

import { type Activation } from "./activations.js";
import type { Initializer, Network } from "./module.js";
/** How weights begin; biases begin at 0. The number beside it is the gain of hidden layers unless one is given. */
declare const weightInitializers: {
    readonly orthogonal: {
        readonly gain: number;
        readonly make: (gain: number) => Initializer;
    };
    readonly "he-normal": {
        readonly gain: number;
        readonly make: (gain: number) => Initializer;
    };
    readonly "he-uniform": {
        readonly gain: number;
        readonly make: (gain: number) => Initializer;
    };
    readonly "lecun-normal": {
        readonly gain: 1;
        readonly make: (gain: number) => Initializer;
    };
    readonly "lecun-uniform": {
        readonly gain: 1;
        readonly make: (gain: number) => Initializer;
    };
    readonly "glorot-normal": {
        readonly gain: 1;
        readonly make: (gain: number) => Initializer;
    };
    readonly "glorot-uniform": {
        readonly gain: 1;
        readonly make: (gain: number) => Initializer;
    };
};
export type WeightInitializer = keyof typeof weightInitializers;
export interface MlpOptions {
    readonly inputs: number;
    /** Widths of the hidden layers, from the input on; none gives a linear map. */
    readonly hidden: readonly number[];
    readonly outputs: number;
    readonly activation: Activation;
    /** Layer norm with scale and shift between each hidden layer's linear map and its activation. */
    readonly layerNorm?: boolean;
    readonly initializer?: WeightInitializer;
    /** Default: sqrt(2) for orthogonal and He, 1 for LeCun and Glorot. */
    readonly hiddenGain?: number;
    /** Default 1; on-policy methods give 0.01 to the policy's last layer, so that it begins close to uniform. */
    readonly outputGain?: number;
    /** Parameters are called `name.0.weight`, `name.0.bias`, `name.0.scale`, ... ("mlp" unless given). */
    readonly name?: string;
}
/**
 * A multilayer perceptron: h_0 = x, h_i = activation(norm(h_{i-1} W_i + b_i)), output = h_L W + b. x [B, inputs] gives
 * output [B, outputs] and the features h_L. Throws `invalid-option` for sizes that are no positive integers and for
 * unknown names.
 */
export declare function mlp(options: MlpOptions): Network;
export {};

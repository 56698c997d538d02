import * as t from "../tensor/index.js";
import type { Tensor } from "../tensor/index.js";
/** Elementwise nonlinearities by name. */
export declare const activations: {
    readonly identity: (x: Tensor) => Tensor;
    readonly tanh: typeof t.tanh;
    readonly relu: typeof t.relu;
    readonly gelu: typeof t.gelu;
    readonly sigmoid: typeof t.sigmoid;
    readonly softplus: typeof t.softplus;
    /** x sigmoid(x) (Elfwing et al. 2018; also called swish). */
    readonly silu: (x: Tensor) => Tensor;
    /** x where x > 0, else e^x - 1 (Clevert et al. 2016). */
    readonly elu: (x: Tensor) => Tensor;
};
export type Activation = keyof typeof activations;
/** The function of a name. Throws `invalid-option` for an unknown one. */
export declare function activationOf(name: Activation): (x: Tensor) => Tensor;

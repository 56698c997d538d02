import type { Tensor } from "../../tensor/tensor.js";
import { type Initializer, type Node, type ValueInfo } from "./model.js";
/**
 * Stands for the number of rows N in a traced graph. It is a prime, so that an axis belongs to the rows exactly where
 * this divides its size.
 */
export declare const rows = 1000003;
/**
 * Turns a graph of tensors, traced for `rows` rows, into nodes of ONNX: one primitive, one node. What depends on
 * weights and constants alone becomes an initializer; the other inputs become inputs of the model. Random numbers
 * become an input `noise` [N, K], uniform in (0, 1), one for each that the graph draws for a row. Throws
 * `invalid-option` for a primitive that no acting policy has.
 */
export declare class GraphWriter {
    #private;
    readonly nodes: Node[];
    readonly initializers: Initializer[];
    readonly inputs: ValueInfo[];
    readonly outputs: ValueInfo[];
    /** Values of the inputs that are weights, and descriptions of the others, by name. */
    constructor(weights: ReadonlyMap<string, Float32Array>, descriptions: Readonly<Record<string, string>>);
    output(name: string, tensor: Tensor, description: string): void;
}

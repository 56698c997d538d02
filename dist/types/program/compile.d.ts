import type { Tensor } from "../tensor/tensor.js";
import type { Program } from "./program.js";
export interface ProgramSource {
    /** What callers read after a run, by name. */
    readonly outputs?: Readonly<Record<string, Tensor>>;
    /**
     * New values of inputs, as [input, value] pairs: after the run the input's buffer holds the value. All values are
     * computed from what the inputs held before the run.
     */
    readonly updates?: readonly (readonly [Tensor, Tensor])[];
    /**
     * For programs that run many times in a row on the same other inputs: what does not depend on an updated input is
     * computed by the first of `run(times)` alone, in more memory.
     */
    readonly repeats?: boolean;
}
/**
 * Compiles symbolic tensors to a program: equal and unneeded nodes go, elementwise chains and the sums that end them
 * become maps, buffers are shared by values that are never alive together. The result depends on the graph alone.
 * Throws `invalid-shape` or `invalid-dtype` for updates that do not fit, bool outputs, and names used twice.
 */
export declare function compile(source: ProgramSource): Program;

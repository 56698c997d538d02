/** Soft mirror descent whose temperature falls as scale / (k + 1): the bias goes, but on small processes a temperature
 * of 0 from the beginning is as fast. */
export declare const entropyAnnealing: import("./exact-method.js").ExactMethod<{
    stepSize: number;
    temperature: number;
}>;

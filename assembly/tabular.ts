// A small module for the exact engine: float64 passes over the tables of a Markov decision process.
export { mix_rows } from "./kernels/float64/mix-rows";
export { rows_times_vector } from "./kernels/float64/rows-times-vector";
export { solve } from "./kernels/float64/solve";
export { __heap_base };

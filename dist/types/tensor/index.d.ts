export { grad, hessianVectorProduct } from "./gradient.js";
export * from "./functions.js";
export { cast, stopGradient, where } from "./elementwise.js";
export { gatherRows, scatterAddAlongAxis, scatterAddRows, takeAlongAxis } from "./indexing.js";
export { argmax, linearScan, matmul } from "./reductions.js";
export { constant, full, input, iota, randomBits } from "./sources.js";
export { concat, expand, permute, reshape, slice } from "./views.js";
export { Tensor, type DType, type Operand } from "./tensor.js";
export type { Shape } from "./shape.js";

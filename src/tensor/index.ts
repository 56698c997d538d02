export { grad, hessianVectorProduct } from "./gradient.ts";
export * from "./functions.ts";
export { cast, stopGradient, where } from "./elementwise.ts";
export { gatherRows, scatterAddAlongAxis, scatterAddRows, takeAlongAxis } from "./indexing.ts";
export { argmax, linearScan, matmul } from "./reductions.ts";
export { constant, full, input, iota, randomBits } from "./sources.ts";
export { concat, expand, permute, reshape, slice } from "./views.ts";
export { Tensor, type DType, type Operand } from "./tensor.ts";
export type { Shape } from "./shape.ts";

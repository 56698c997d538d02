export { grad, hessianVectorProduct } from "./gradient.js";
export * from "./functions.js";
export { argmax, cast, concat, constant, full, gatherRows, input, iota, linearScan, matmul, permute, randomBits, reshape, scatterAddAlongAxis, scatterAddRows, slice, stopGradient, takeAlongAxis, where, } from "./operations.js";
export { Tensor, type DType, type Operand } from "./tensor.js";
export type { Shape } from "./shape.js";

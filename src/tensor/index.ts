export { grad, hessianVectorProduct } from "./gradient.ts";
export * from "./functions.ts";
export {
  argmax, cast, concat, constant, full, gatherRows, input, iota, linearScan, matmul, permute, randomBits, reshape, scatterAddAlongAxis,
  scatterAddRows, slice, stopGradient, takeAlongAxis, where,
} from "./operations.ts";
export { Tensor, type DType, type Operand } from "./tensor.ts";
export type { Shape } from "./shape.ts";

import { Tensor, type BinaryOp, type DType, type Operand, type UnaryOp } from "./tensor.js";
export declare function unary(op: UnaryOp, x: Tensor): Tensor;
export declare function binary(op: BinaryOp, left: Operand, right: Operand): Tensor;
/** `condition ? a : b`, elementwise. */
export declare function where(condition: Tensor, left: Operand, right: Operand): Tensor;
/** Converts between dtypes: bool gives 1 and 0; f32 to i32 truncates towards zero; i32 to bool tests for non-zero. */
export declare function cast(x: Tensor, dtype: DType): Tensor;
/** The same value; no gradient flows through it. */
export declare function stopGradient(x: Tensor): Tensor;
/** The value of a tensor that is one constant everywhere, else undefined. */
export declare function constantValue(tensor: Tensor): number | undefined;

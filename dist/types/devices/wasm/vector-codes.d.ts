import type { Instruction, Reduction } from "../../program/program.js";
/** The neutral element of a reduction. */
export declare function identityOf({ kind }: Reduction): number;
/** What joins two partial results of a reduction. */
export declare function combineCode(kind: Reduction["kind"]): number;
/** The code of an elementwise instruction on operands of one type; throws where there is none. */
export declare function codeOf(op: Instruction["op"], dtype: "f32" | "i32" | "bool"): number;

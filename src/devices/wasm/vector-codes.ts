import { invariant } from "../../error.ts";
import type { Instruction, Reduction } from "../../program/program.ts";
import { Simd } from "./bytecode.ts";

// Which vector instruction does what an instruction or a reduction of a map asks for.

/** The neutral element of a reduction. */
export function identityOf({ kind }: Reduction): number {
  return kind === "sum" ? 0 : kind === "max" ? -Infinity : Infinity;
}

/** What joins two partial results of a reduction. */
export function combineCode(kind: Reduction["kind"]): number {
  return kind === "sum" ? Simd.f32Add : kind === "max" ? Simd.f32Pmax : Simd.f32Pmin;
}

const floatCodes: Readonly<Record<string, number>> = {
  add: Simd.f32Add, sub: Simd.f32Sub, mul: Simd.f32Mul, div: Simd.f32Div,
  neg: Simd.f32Neg, abs: Simd.f32Abs, sqrt: Simd.f32Sqrt, floor: Simd.f32Floor, round: Simd.f32Nearest,
  min: Simd.f32Pmin, max: Simd.f32Pmax, lt: Simd.f32Lt, le: Simd.f32Le, eq: Simd.f32Eq,
  "to-f32": Simd.f32Convert,
};

const integerCodes: Readonly<Record<string, number>> = {
  add: Simd.i32Add, sub: Simd.i32Sub, mul: Simd.i32Mul, neg: Simd.i32Neg, abs: Simd.i32Abs,
  min: Simd.i32Min, max: Simd.i32Max,
  lt: Simd.i32Lt, le: Simd.i32Le, eq: Simd.i32Eq, "to-i32": Simd.i32TruncSat,
  "bit-and": Simd.and, "bit-or": Simd.or, "bit-xor": Simd.xor,
};

const maskCodes: Readonly<Record<string, number>> = { and: Simd.and, or: Simd.or, not: Simd.not, eq: Simd.i32Eq };

/** The code of an elementwise instruction on operands of one type; throws where there is none. */
export function codeOf(op: Instruction["op"], dtype: "f32" | "i32" | "bool"): number {
  const code = (dtype === "f32" ? floatCodes : dtype === "i32" ? integerCodes : maskCodes)[op];
  invariant(code !== undefined, `no vector instruction for ${op} on ${dtype}`);
  return code;
}

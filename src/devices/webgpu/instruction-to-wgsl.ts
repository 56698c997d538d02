import { invariant } from "../../error.ts";
import type { Instruction } from "../../program/program.ts";

/** What an instruction needs to know of its surroundings. */
export interface InstructionContext {
  /** The expression that loads number `load`, in the type of its view. */
  load(load: number): string;
  /** The expression for the element's index along a domain axis, u32. */
  coordinate(axis: number): string;
}

/**
 * An instruction as a WGSL expression over `v<number>`. Every instruction becomes a `let` of its own: no constant
 * meets another inside one expression, where WGSL would fold them and refuse an overflow.
 */
export function expression(instruction: Instruction, context: InstructionContext): string {
  const { op, dtype, immediate } = instruction;
  const [a, b, c] = instruction.args.map((argument) => `v${argument}`) as [string, string, string];
  switch (op) {
    case "load":
      return dtype === "bool" ? `${context.load(immediate)} != 0` : context.load(immediate);
    case "constant":
      return constant(immediate, dtype);
    case "index":
      return `i32(${context.coordinate(immediate)})`;
    case "carried":
      invariant(false, "only the wasm device makes running values");
    case "add": return `${a} + ${b}`;
    case "sub": return `${a} - ${b}`;
    case "mul": return `${a} * ${b}`;
    case "div": return `${a} / ${b}`;
    case "neg": return `-${a}`;
    case "abs": case "sqrt": case "floor": case "round":
      return `${op}(${a})`;
    // select(x, y, condition) is y where the condition holds.
    case "min": return `select(${a}, ${b}, ${b} < ${a})`;
    case "max": return `select(${a}, ${b}, ${a} < ${b})`;
    case "select": return `select(${c}, ${b}, ${a})`;
    case "lt": return `${a} < ${b}`;
    case "le": return `${a} <= ${b}`;
    case "eq": return `${a} == ${b}`;
    case "and": return `${a} && ${b}`;
    case "or": return `${a} || ${b}`;
    case "not": return `!${a}`;
    case "bit-and": return `${a} & ${b}`;
    case "bit-or": return `${a} | ${b}`;
    case "bit-xor": return `${a} ^ ${b}`;
    case "shift-left": return `${a} << ${immediate}u`;
    case "shift-right": return `${a} >> ${immediate}u`;
    case "shift-right-unsigned": return `bitcast<i32>(bitcast<u32>(${a}) >> ${immediate}u)`;
    case "to-f32": return `f32(${a})`;
    case "to-i32": return `i32(${a})`;
    case "round-to-i32": return `i32(round(${a}))`;
    case "bitcast-f32": return `bitcast<f32>(${a})`;
    case "bitcast-i32": return `bitcast<i32>(${a})`;
    case "mask-to-f32": return `select(0f, 1f, ${a})`;
    case "mask-to-i32": return `select(0, 1, ${a})`;
  }
}

function constant(value: number, dtype: Instruction["dtype"]): string {
  if (dtype === "bool") return value ? "true" : "false";
  if (dtype === "i32") return `i32(${value | 0})`;
  if (value === Infinity) return "infinity()";
  if (value === -Infinity) return "-infinity()";
  if (Number.isNaN(value)) return "bitcast<f32>(parameters.infinity | 0x400000u)";
  return `${Object.is(value, -0) ? "-0" : Math.fround(value)}f`;
}

import type { Instruction } from "../../program/program.js";
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
export declare function expression(instruction: Instruction, context: InstructionContext): string;

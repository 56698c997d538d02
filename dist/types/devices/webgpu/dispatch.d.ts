import type { View } from "../../program/program.js";
/** A view that a kernel reads, `load_<name>(i)`, or writes, `store_<name>(i, value)`; i counts from its offset. */
export interface DispatchOperand {
    readonly name: string;
    readonly view: View;
    readonly type: "f32" | "i32" | "u32";
    readonly access: "load" | "store";
}
export interface Dispatch {
    readonly label: string;
    readonly operands: readonly DispatchOperand[];
    /** Whole numbers that the code calls `parameters.<name>`. */
    readonly parameters: Readonly<Record<string, number>>;
    /** What follows the declarations of memory. */
    readonly code: string;
    readonly workgroups: number;
}
/** How many workgroups in x and y: more than 65535 fold into two dimensions, of which the last row may be idle. */
export declare function gridOf({ workgroups }: Dispatch): readonly [number, number];
/** The uniform block of a launch; `baseOf` gives the first word of a buffer in its page. */
export declare function parameterWords(dispatch: Dispatch, baseOf: (buffer: number) => number): number[];
/** The whole WGSL text; `pageOf` numbers the pages of this launch from 0. */
export declare function shaderText(dispatch: Dispatch, pageOf: (buffer: number) => number): string;
/** Puts text where a frame says `{{name}}`. */
export declare function fillFrame(frame: string, parts: Readonly<Record<string, string>>): string;

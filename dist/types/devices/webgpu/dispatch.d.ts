import type { View } from "../../program/program.js";
/** A view that a kernel reads, `load_<name>(i)`, or writes, `store_<name>(i, value)`; i counts from its offset. */
export interface DispatchOperand {
    readonly name: string;
    readonly view: View;
    /** f16: f32 numbers kept as halves, two a word; they can be read only. */
    readonly type: "f32" | "i32" | "u32" | "f16";
    readonly access: "load" | "store";
}
export declare const loads: (name: string, view: View, type: DispatchOperand["type"]) => DispatchOperand;
export declare const stores: (name: string, view: View, type: DispatchOperand["type"]) => DispatchOperand;
/** Number of the buffer through which launches of one kernel hand partial results on; a program has one of these. */
export declare const scratch = -1;
/** The scratch buffer from its beginning. */
export declare function scratchView(shape: readonly number[]): View;
/** How many elements of scratch dispatches reach, from the first on. */
export declare function scratchElements(dispatches: readonly Dispatch[]): number;
/** The dispatch with its part of the scratch buffer moved by `offset` elements. */
export declare function inScratch(dispatch: Dispatch, offset: number): Dispatch;
/** The last element that a view reaches, counted from its buffer's first. */
export declare function lastElement({ offset, shape, strides }: View): number;
export interface Dispatch {
    readonly label: string;
    readonly operands: readonly DispatchOperand[];
    /** Whole numbers that the code calls `parameters.<name>`. */
    readonly parameters: Readonly<Record<string, number>>;
    /** What follows the declarations of memory. */
    readonly code: string;
    /** What WGSL has to be told to enable. */
    readonly extension?: "subgroups" | undefined;
    readonly workgroups: number;
    /** What it costs, in about as many multiply-adds. */
    readonly work: number;
}
/**
 * How many workgroups in x, y and z: more than 65535 fold into x and y, of which the last row may be idle; z counts the
 * dispatches, which may need fewer than the largest.
 */
export declare function gridOf(members: readonly Dispatch[]): readonly [number, number, number];
/** The uniform block of a dispatch, in whole vectors; `baseOf` gives the first word of a buffer in its page. */
export declare function parameterWords(dispatch: Dispatch, grid: readonly number[], baseOf: (buffer: number) => number): number[];
/**
 * The whole WGSL text for a launch of `members` dispatches that differ in their parameters alone: the z of a workgroup
 * says which is its own. `pageOf` numbers the pages of this launch from 0.
 */
export declare function shaderText(dispatch: Dispatch, pageOf: (buffer: number) => number, members?: number): string;
/** Puts text where a frame says `{{name}}`. */
export declare function fillFrame(frame: string, parts: Readonly<Record<string, string>>): string;

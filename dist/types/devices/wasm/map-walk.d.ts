import type { View } from "../../program/program.js";
import { type FunctionWriter } from "./bytecode.js";
/** Where a view begins, in bytes. */
export type AddressOf = (view: View) => number;
/** Lanes along the last axis: which vector of an unrolled row (0 in a loop), and how many of its lanes exist. */
export interface Lanes {
    readonly index: number;
    readonly count: number;
}
/** Writes into `out` what moves through the elements of a map's domain. */
export declare class MapWalk {
    #private;
    /** The innermost axis, along which a vector lies. */
    readonly last: number;
    /** Vectors in a row, the last one perhaps in part. */
    readonly vectors: number;
    readonly unrolled: boolean;
    /** Counters of the outer axes and, in a loop, of the last one; in elements. */
    readonly counters: readonly number[];
    /**
     * `strides`: of everything that is loaded or stored, over the whole domain. Later calls name these very arrays.
     * `backwards`: an outer axis that is walked from its end.
     */
    constructor(out: FunctionWriter, domain: readonly number[], addressOf: AddressOf, strides: readonly (readonly number[])[], backwards?: number);
    /** A local for a vector that is used at once. */
    get scratch(): number;
    /** The lanes of a vector of an unrolled row. */
    lanesOf(index: number): Lanes;
    loopOver(axis: number, body: () => void): void;
    /** The last axis: unrolled, or a loop over whole vectors and a rest. */
    row(vector: (lanes: Lanes) => void): void;
    /** Pushes a vector of a view; lanes past the end hold whatever lies there, or 0. */
    load(view: View, lanes: Lanes): void;
    /** Pushes the elements that lie side by side at a vector of a reduction's result. */
    loadKept(view: View, strides: readonly number[], lanes: Lanes): void;
    /** Stores exactly the lanes that exist. */
    store(view: View, strides: readonly number[], local: number, lanes: Lanes): void;
    /** Stores one element, at the offset that the axes up to `axis` have reached. */
    storeFirst(view: View, strides: readonly number[], local: number, axis: number): void;
    /** Sets every element of a compact view to one word. */
    fill(view: View, word: number): void;
}

import type { Program } from "../../program/program.js";
import type { AdapterTraits } from "./adapter-traits.js";
import { type Dispatch } from "./dispatch.js";
/** Dispatches that go to the GPU together; they differ in their parameters alone. */
export interface Launch<P> {
    readonly members: readonly Dispatch[];
    readonly text: string;
    readonly grid: readonly [number, number, number];
    /** The pages that it touches, in the order of its first dispatch's operands. */
    readonly pages: readonly P[];
}
/** Where a buffer is: a page, and its first word there. */
export interface Place<P> {
    readonly page: P;
    readonly word: number;
}
/** Kernels of one launch at most. */
export declare const largestLaunch = 8;
/** The launches of one run, in order. An adapter that computes on a CPU gains nothing from sharing them. */
export declare function launchesOf<P extends object>(dispatches: readonly Dispatch[], adapter: AdapterTraits, place: (buffer: number) => Place<P>): Launch<P>[];
/** Words of a page, both ends included, that a dispatch reads or writes. */
export interface Access {
    readonly page: object;
    readonly from: number;
    readonly to: number;
    readonly writes: boolean;
}
/**
 * The numbers of the dispatches of each launch, in an order that keeps every dependence between dispatches. Those of
 * equal keys may share one.
 */
export declare function planLaunches(keys: readonly string[], accesses: readonly (readonly Access[])[]): number[][];
/** Byte offsets of a program's temporaries, by the number of their buffer, and the size of their arena. */
export declare function arenaOf({ buffers, arenaBytes }: Program): {
    offsets: readonly number[];
    byteLength: number;
};

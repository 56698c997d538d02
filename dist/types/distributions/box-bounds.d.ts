import type { BoxSpace } from "../envs/spaces.js";
export interface BoxUnits {
    readonly middle: readonly number[];
    /** Half widths. */
    readonly half: readonly number[];
}
/** Throws `invalid-space` for bounds that are not finite. */
export declare function boxUnits(low: number | ArrayLike<number>, high: number | ArrayLike<number>, size: number): BoxUnits;
/** Whether a box has a scale to act on. */
export declare function isBounded({ low, high }: BoxSpace): boolean;

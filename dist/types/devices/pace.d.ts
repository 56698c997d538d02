/**
 * Work that pauses after each piece, to wait for a promise or not, and is then told how many milliseconds that took.
 */
export type Work<Result = void> = Generator<Promise<void> | undefined, Result, number | undefined>;
/**
 * How much work makes a piece between two chances to pause: so many units at first, then learned from how long pieces
 * took, where somebody measures. Clocks of pages are coarse: after a piece that seems to take no time it only doubles.
 */
export declare class Pace {
    /** Units of work in the next piece. */
    units: number;
    /** Whether a unit by itself takes longer than a piece should. */
    isSlow: boolean;
    constructor(units: number);
    /** Is told how long `units` of work took; nothing where nobody measured. */
    took(units: number, milliseconds: number | undefined): void;
}

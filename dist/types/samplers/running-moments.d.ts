import { type Work } from "../devices/pace.js";
/**
 * Running mean and population variance per column, in float64, merged batch by batch (Chan, Golub and LeVeque 1979).
 * Begins as one observation's worth of mean 0 and variance 1 with weight 1e-4, as the MDPO authors' code does.
 */
export declare class RunningMoments {
    #private;
    readonly mean: Float64Array<ArrayBuffer>;
    readonly variance: Float64Array<ArrayBuffer>;
    count: number;
    constructor(width: number);
    /** Adds `rows` rows of `values` [rows, width]. */
    add(values: ArrayLike<number>, rows: number): void;
    /** `add` with pauses. */
    addSliced(values: ArrayLike<number>, rows: number): Work;
    /** 1 / sqrt(variance + 1e-8). */
    scale(column: number): number;
    /** Everything, as numbers: count, means, variances. */
    save(): Float64Array<ArrayBuffer>;
    restore(saved: ArrayLike<number>): void;
}

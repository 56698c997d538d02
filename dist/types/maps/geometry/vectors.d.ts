export declare function sumOf(values: ArrayLike<number>): number;
export declare function dot(a: ArrayLike<number>, b: ArrayLike<number>): number;
export declare function highestOf(values: ArrayLike<number>): number;
/** Divided by its sum, in place. */
export declare function normalized(weights: Float64Array): Float64Array;

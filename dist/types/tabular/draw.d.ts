/** The index of a distribution whose share of [0, 1) holds u. */
export declare function draw(distribution: Float64Array, u: number): number;

/** Each number rounded to the nearest half, ties to even. Throws `numerical-failure` for one that none is near. */
export declare function packHalves(values: Float32Array): Uint32Array;

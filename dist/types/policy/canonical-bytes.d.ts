/** Vectors as little-endian float32 in a row; -0 is written as 0. Throws `numerical-failure` for NaN. */
export declare function canonicalBytes(vectors: readonly Float32Array[]): Uint8Array<ArrayBuffer>;

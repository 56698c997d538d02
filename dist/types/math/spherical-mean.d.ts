/**
 * Spherical interpolation of two difference vectors, sin((1 - l) W) / sin W a + sin(l W) / sin W b with W the angle
 * between them: vectors of equal length keep it, where the straight mean is shorter. WARP merges runs so, layer by
 * layer (Rame et al. 2024). Nearly parallel or opposite vectors are mixed on the straight line.
 */
export declare function sphericalMean(a: ArrayLike<number>, b: ArrayLike<number>, share?: number): Float64Array;

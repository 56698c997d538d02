/**
 * The x of least length among those that make |A x - b| least: `matrix` [rows, columns] flat, b [rows]. By the
 * one-sided Jacobi method: rotations of pairs of columns until all are orthogonal, A V = U S, then x = V S^{-1} U^T b.
 * It loses nothing to a scaling of the columns. Throws `numerical-failure` where they do not become orthogonal, as for
 * NaN.
 */
export declare function leastSquares(matrix: Float64Array, right: ArrayLike<number>): Float64Array;

import { BregmanError } from "../error.ts";

/** Of singular values below this share of the largest nothing is solved for. */
const smallestShare = 1e-14;
const sweeps = 60;

/**
 * The x of least length among those that make |A x - b| least: `matrix` [rows, columns] flat, b [rows]. By the
 * one-sided Jacobi method: rotations of pairs of columns until all are orthogonal, A V = U S, then x = V S^{-1} U^T b.
 * It loses nothing to a scaling of the columns. Throws `numerical-failure` where they do not become orthogonal, as for
 * NaN.
 */
export function leastSquares(matrix: Float64Array, right: ArrayLike<number>): Float64Array {
  const rows = right.length;
  const columns = matrix.length / rows;
  const turned = Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (__, i) => matrix[i * columns + j]!));
  const basis = turned.map((_, j) => Float64Array.from(turned, (__, i) => (i === j ? 1 : 0)));
  const largest = turned.reduce((most, column) => Math.max(most, product(column, column)), 0);
  const least = largest * smallestShare * smallestShare;
  orthogonalize(turned, basis, least);
  const solution = new Float64Array(columns);
  for (const [j, column] of turned.entries()) {
    const square = product(column, column);
    if (!(square > least)) continue;
    const weight = product(column, right) / square;
    for (let i = 0; i < columns; i++) solution[i]! += weight * basis[j]![i]!;
  }
  return solution;
}

/** Columns whose square is at most `least` are left as they are. */
function orthogonalize(columns: readonly Float64Array[], basis: readonly Float64Array[], least: number): void {
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let isOrthogonal = true;
    for (let p = 0; p < columns.length; p++) {
      for (let q = p + 1; q < columns.length; q++) {
        const [a, b] = [columns[p]!, columns[q]!];
        const [aa, bb, ab] = [product(a, a), product(b, b), product(a, b)];
        if (Math.min(aa, bb) <= least || Math.abs(ab) <= 1e-15 * Math.sqrt(aa * bb)) continue;
        isOrthogonal = false;
        const slope = (bb - aa) / (2 * ab);
        const tangent = (slope >= 0 ? 1 : -1) / (Math.abs(slope) + Math.sqrt(1 + slope * slope));
        const cosine = 1 / Math.sqrt(1 + tangent * tangent);
        rotate(a, b, cosine, cosine * tangent);
        rotate(basis[p]!, basis[q]!, cosine, cosine * tangent);
      }
    }
    if (isOrthogonal) return;
  }
  throw new BregmanError("numerical-failure", `leastSquares: the columns are not orthogonal after ${sweeps} sweeps`);
}

function rotate(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    a[i] = cosine * x - sine * y;
    b[i] = sine * x + cosine * y;
  }
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

import fc from "fast-check";
import { expect, it } from "vitest";
import { leastSquares } from "../../src/math/least-squares.ts";

const rowsOfFour = fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 }),
  { minLength: 5, maxLength: 5 });
const product = (a: readonly number[], b: ArrayLike<number>) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

it("least squares leave a residual orthogonal to all columns, also where the rank is short", () => {
  fc.assert(fc.property(rowsOfFour, (rows) => {
    const matrix = rows.map((row) => [...row.slice(0, 3), row[0]! - 2 * row[1]!]);   // the last column depends on two
    const right = rows.map((row) => row[3]!);
    const x = leastSquares(Float64Array.from(matrix.flat()), right);
    const residual = matrix.map((row, i) => right[i]! - product(row, x));
    for (let j = 0; j < 4; j++) expect(product(matrix.map((row) => row[j]!), residual)).toBeCloseTo(0, 8);
    // The shortest solution has no part along what the matrix does not see: (1, -2, 0, -1).
    expect(x[0]! - 2 * x[1]! - x[3]!).toBeCloseTo(0, 6);
  }));
});

it("columns of very different lengths are all solved for", () => {
  const x = leastSquares(Float64Array.of(1, 0, 0, 1e-12, 0, 0), [2, 3e-12, 5]);
  expect(x[0]).toBeCloseTo(2, 12);
  expect(x[1]).toBeCloseTo(3, 12);
});

it("a matrix that is no number is refused", () => {
  expect(() => leastSquares(Float64Array.of(NaN, 1, 1, 1), [1, 1])).toThrow(/not orthogonal/);
});

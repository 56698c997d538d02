// y[rows, columns] = transpose(a[depth, rows]) b[depth, columns] + bias[columns]: the gradient of a weight matrix,
// where depth is the batch and may be long.
//
// Order of arithmetic (contract): each element is ONE f32 accumulator that begins with the bias (0 without one) and
// takes multiply, then add, over k ascending. Depth is cut in blocks that stay in the first cache (32 -> 42 GFLOP/s at
// 2048 x 64 x 64); a later block begins with what the earlier one stored, so the chain is the same.
import { cover_with_panels, panels_pay } from "./matmul-panels";
import { cover_with_tiles, row_times_matrix, zeros } from "./matmul-tile";

/** Rows in a block: two blocks of 64 rows of 64 floats are 32 KB; wide rows crowd the same few sets of the cache. */
// @ts-ignore: decorator
@inline
function blockRows(columns: i32): i32 {
  return columns > 128 ? 32 : 64;
}

export function matmul_tn(
  rows: i32, depth: i32, columns: i32, a: usize, aStride: usize, b: usize, bStride: usize,
  y: usize, yStride: usize, bias: usize,
): void {
  let start = bias ? bias : zeros, startRow: usize = 0, startColumn: usize = bias ? 4 : 0;
  if (panels_pay(rows, depth, columns, bStride)) {
    cover_with_panels(rows, depth, columns, a, 4, aStride, b, bStride, y, yStride, start, 0, startColumn);
    return;
  }
  // A column of outputs that lie side by side is the row transpose(b) a: vectors then run along a.
  const asRow = columns == 1 && yStride == 4 && bias == 0;
  const rowsInBlock = blockRows(asRow ? rows : columns);
  let left = depth;
  do {
    const block = min(left, rowsInBlock);
    if (asRow) row_times_matrix(block, rows, b, bStride, a, aStride, y, start, startColumn);
    else cover_with_tiles(rows, block, columns, a, 4, aStride, b, bStride, y, yStride, start, startRow, startColumn);
    a += <usize>block * aStride;
    b += <usize>block * bStride;
    start = y;
    startRow = yStride;
    startColumn = 4;
    left -= block;
  } while (left > 0);
}

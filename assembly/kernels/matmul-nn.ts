// y[rows, columns] = a[rows, depth] b[depth, columns] + bias[columns]
//
// Order of arithmetic (contract): each element is ONE f32 accumulator that begins with the bias (0 without one) and
// takes multiply, then add, over k ascending. Strides are in bytes; `bias` is an address, or 0.
import { cover_with_panels, panels_pay } from "./matmul-panels";
import { cover_with_tiles, zeros } from "./matmul-tile";
import { matmul_vector } from "./matmul-vector";

export function matmul_nn(
  rows: i32, depth: i32, columns: i32, a: usize, aStride: usize, b: usize, bStride: usize,
  y: usize, yStride: usize, bias: usize,
): void {
  if (columns == 1) {
    matmul_vector(rows, depth, a, aStride, b, bStride, y, yStride, bias);
  } else {
    const start = bias ? bias : zeros, startColumn: usize = bias ? 4 : 0;
    if (panels_pay(rows, depth, columns, bStride)) {
      cover_with_panels(rows, depth, columns, a, aStride, 4, b, bStride, y, yStride, start, 0, startColumn);
    } else {
      cover_with_tiles(rows, depth, columns, a, aStride, 4, b, bStride, y, yStride, start, 0, startColumn);
    }
  }
}

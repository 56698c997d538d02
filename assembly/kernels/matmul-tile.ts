// The register tiles that every matmul is made of, and the walk that covers a matrix with them.
//
// Order of arithmetic (contract): each element of y is ONE f32 accumulator; it begins with its start value and takes
// multiply, then add, over k ascending. A tile decides who computes an element, never the order inside it.
//
// a is addressed by two steps, a(i, k) = a + i aRow + k aDepth, so that a and its transpose share the code.
// The start value of (i, j) lies at start + i startRow + j startColumn: zeros (0, 0), a bias (0, 4), or y itself (yStride, 4).
//
// Tiles of 4 x 8 and 8 x 4 have 8 accumulators in flight: enough to hide the latency of an add, few enough for 16 vector
// registers. The loop over k is not unrolled: V8 11 then spills (44 -> 31 GFLOP/s).
import { multiply_add, store_lanes } from "./vector";

/** Zeros to start from, as wide as the widest tile. */
export const zeros = memory.data(128, 64);

/** y[rows, columns] = start + a b, for any shape. */
export function cover_with_tiles(
  rows: i32, depth: i32, columns: i32, a: usize, aRow: usize, aDepth: usize, b: usize, bStride: usize,
  y: usize, yStride: usize, start: usize, startRow: usize, startColumn: usize,
): void {
  let i = 0;
  for (; i + 8 <= rows; i += 8) {
    const aBelow = a + 4 * aRow, yBelow = y + 4 * yStride, startBelow = start + 4 * startRow;
    let j = 0;
    for (; j + 4 < columns; j += 8) {
      const left = columns - j, offset = <usize>j << 2, origin = <usize>j * startColumn;
      tile_4x8(depth, left, a, aRow, aDepth, b + offset, bStride, y + offset, yStride, start + origin, startRow);
      tile_4x8(depth, left, aBelow, aRow, aDepth, b + offset, bStride, yBelow + offset, yStride, startBelow + origin, startRow);
    }
    if (j < columns) {
      const offset = <usize>j << 2, origin = <usize>j * startColumn;
      tile_8x4(depth, columns - j, a, aRow, aDepth, b + offset, bStride, y + offset, yStride, start + origin, startRow);
    }
    a += 8 * aRow;
    y += 8 * yStride;
    start += 8 * startRow;
  }
  if (i + 4 <= rows) {
    for (let j = 0; j < columns; j += 8) {
      const offset = <usize>j << 2, origin = <usize>j * startColumn;
      tile_4x8(depth, columns - j, a, aRow, aDepth, b + offset, bStride, y + offset, yStride, start + origin, startRow);
    }
    i += 4;
    a += 4 * aRow;
    y += 4 * yStride;
    start += 4 * startRow;
  }
  for (; i < rows; i++) {
    row_times_matrix(depth, columns, a, aDepth, b, bStride, y, start, startColumn);
    a += aRow;
    y += yStride;
    start += startRow;
  }
}

/** 4 rows, 8 columns, of which the first `columns` are stored. */
function tile_4x8(
  depth: i32, columns: i32, a: usize, aRow: usize, aDepth: usize, b: usize, bStride: usize,
  y: usize, yStride: usize, start: usize, startRow: usize,
): void {
  let y00 = v128.load(start), y01 = v128.load(start, 16);
  start += startRow;
  let y10 = v128.load(start), y11 = v128.load(start, 16);
  start += startRow;
  let y20 = v128.load(start), y21 = v128.load(start, 16);
  start += startRow;
  let y30 = v128.load(start), y31 = v128.load(start, 16);
  let a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
  for (let k = depth; k > 0; k--) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let left = v128.load_splat<f32>(a);
    y00 = multiply_add(y00, left, b0);
    y01 = multiply_add(y01, left, b1);
    left = v128.load_splat<f32>(a1);
    y10 = multiply_add(y10, left, b0);
    y11 = multiply_add(y11, left, b1);
    left = v128.load_splat<f32>(a2);
    y20 = multiply_add(y20, left, b0);
    y21 = multiply_add(y21, left, b1);
    left = v128.load_splat<f32>(a3);
    y30 = multiply_add(y30, left, b0);
    y31 = multiply_add(y31, left, b1);
    a += aDepth;
    a1 += aDepth;
    a2 += aDepth;
    a3 += aDepth;
    b += bStride;
  }
  store_pair(y, y00, y01, columns);
  y += yStride;
  store_pair(y, y10, y11, columns);
  y += yStride;
  store_pair(y, y20, y21, columns);
  y += yStride;
  store_pair(y, y30, y31, columns);
}

/** 8 rows, 4 columns, of which the first `columns` are stored: for narrow outputs. */
function tile_8x4(
  depth: i32, columns: i32, a: usize, aRow: usize, aDepth: usize, b: usize, bStride: usize,
  y: usize, yStride: usize, start: usize, startRow: usize,
): void {
  let y0 = v128.load(start), y1 = v128.load(start + startRow);
  let y2 = v128.load(start + 2 * startRow), y3 = v128.load(start + 3 * startRow);
  start += 4 * startRow;
  let y4 = v128.load(start), y5 = v128.load(start + startRow);
  let y6 = v128.load(start + 2 * startRow), y7 = v128.load(start + 3 * startRow);
  const aRow2 = aRow + aRow, aRow3 = aRow2 + aRow;
  for (let k = depth; k > 0; k--) {
    const b0 = v128.load(b);
    y0 = multiply_add(y0, v128.load_splat<f32>(a), b0);
    y1 = multiply_add(y1, v128.load_splat<f32>(a + aRow), b0);
    y2 = multiply_add(y2, v128.load_splat<f32>(a + aRow2), b0);
    y3 = multiply_add(y3, v128.load_splat<f32>(a + aRow3), b0);
    const below = a + 4 * aRow;
    y4 = multiply_add(y4, v128.load_splat<f32>(below), b0);
    y5 = multiply_add(y5, v128.load_splat<f32>(below + aRow), b0);
    y6 = multiply_add(y6, v128.load_splat<f32>(below + aRow2), b0);
    y7 = multiply_add(y7, v128.load_splat<f32>(below + aRow3), b0);
    a += aDepth;
    b += bStride;
  }
  store_lanes(y, y0, columns);
  store_lanes(y + yStride, y1, columns);
  store_lanes(y + 2 * yStride, y2, columns);
  store_lanes(y + 3 * yStride, y3, columns);
  y += 4 * yStride;
  store_lanes(y, y4, columns);
  store_lanes(y + yStride, y5, columns);
  store_lanes(y + 2 * yStride, y6, columns);
  store_lanes(y + 3 * yStride, y7, columns);
}

/**
 * One row: y[j] = start[j] + sum over k of s(k) v(k, j), with s(k) = s + k sStep and v(k, j) = v + k vStride + 4 j. 32 columns
 * at a time, so that a single observation has 8 accumulators in flight too.
 */
export function row_times_matrix(
  depth: i32, columns: i32, s: usize, sStep: usize, v: usize, vStride: usize, y: usize, start: usize, startColumn: usize,
): void {
  let left = columns;
  for (; left > 16; left -= 32) {
    row_tile_32(depth, left, s, sStep, v, vStride, y, start);
    v += 128;
    y += 128;
    start += 32 * startColumn;
  }
  if (left > 8) row_tile_16(depth, left, s, sStep, v, vStride, y, start);
  else if (left > 0) row_tile_8(depth, left, s, sStep, v, vStride, y, start);
}

/** 1 row, 17 to 32 columns. */
function row_tile_32(
  depth: i32, columns: i32, s: usize, sStep: usize, v: usize, vStride: usize, y: usize, start: usize,
): void {
  let y0 = v128.load(start), y1 = v128.load(start, 16), y2 = v128.load(start, 32), y3 = v128.load(start, 48);
  // The upper half is read only as far as it exists, rounded up to a vector: a lane past it is computed from the vector before.
  const at5 = <usize>(columns > 20 ? 80 : 64), at6 = <usize>(columns > 24 ? 96 : 64), at7 = <usize>(columns > 28 ? 112 : 64);
  let y4 = v128.load(start, 64), y5 = v128.load(start + at5), y6 = v128.load(start + at6), y7 = v128.load(start + at7);
  for (let k = depth; k > 0; k--) {
    const left = v128.load_splat<f32>(s);
    y0 = multiply_add(y0, left, v128.load(v));
    y1 = multiply_add(y1, left, v128.load(v, 16));
    y2 = multiply_add(y2, left, v128.load(v, 32));
    y3 = multiply_add(y3, left, v128.load(v, 48));
    y4 = multiply_add(y4, left, v128.load(v, 64));
    y5 = multiply_add(y5, left, v128.load(v + at5));
    y6 = multiply_add(y6, left, v128.load(v + at6));
    y7 = multiply_add(y7, left, v128.load(v + at7));
    s += sStep;
    v += vStride;
  }
  v128.store(y, y0);
  v128.store(y, y1, 16);
  v128.store(y, y2, 32);
  v128.store(y, y3, 48);
  store_lanes(y + 64, y4, columns - 16);
  if (columns > 20) store_lanes(y + 80, y5, columns - 20);
  if (columns > 24) store_lanes(y + 96, y6, columns - 24);
  if (columns > 28) store_lanes(y + 112, y7, columns - 28);
}

/** 1 row, 9 to 16 columns. */
function row_tile_16(
  depth: i32, columns: i32, s: usize, sStep: usize, v: usize, vStride: usize, y: usize, start: usize,
): void {
  const at3 = <usize>(columns > 12 ? 48 : 32);
  let y0 = v128.load(start), y1 = v128.load(start, 16), y2 = v128.load(start, 32), y3 = v128.load(start + at3);
  for (let k = depth; k > 0; k--) {
    const left = v128.load_splat<f32>(s);
    y0 = multiply_add(y0, left, v128.load(v));
    y1 = multiply_add(y1, left, v128.load(v, 16));
    y2 = multiply_add(y2, left, v128.load(v, 32));
    y3 = multiply_add(y3, left, v128.load(v + at3));
    s += sStep;
    v += vStride;
  }
  store_pair(y, y0, y1, columns);
  store_pair(y + 32, y2, y3, columns - 8);
}

/** 1 row, 1 to 8 columns. */
function row_tile_8(
  depth: i32, columns: i32, s: usize, sStep: usize, v: usize, vStride: usize, y: usize, start: usize,
): void {
  const at1 = <usize>(columns > 4 ? 16 : 0);
  let y0 = v128.load(start), y1 = v128.load(start + at1);
  for (let k = depth; k > 0; k--) {
    const left = v128.load_splat<f32>(s);
    y0 = multiply_add(y0, left, v128.load(v));
    y1 = multiply_add(y1, left, v128.load(v + at1));
    s += sStep;
    v += vStride;
  }
  store_pair(y, y0, y1, columns);
}

/** Stores the first `columns` of eight lanes. */
// @ts-ignore: decorator
@inline
function store_pair(y: usize, low: v128, high: v128, columns: i32): void {
  if (columns >= 8) {
    v128.store(y, low);
    v128.store(y, high, 16);
  } else {
    store_lanes(y, low, columns);
    if (columns > 4) store_lanes(y + 16, high, columns - 4);
  }
}

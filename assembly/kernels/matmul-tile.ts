// The register tiles that every matmul is made of, and the walk that covers a matrix with them.
//
// Order of arithmetic (contract): each element of y is ONE f32 accumulator; it begins with its start value and takes
// multiply, then add, over k ascending. A tile decides who computes an element, never the order inside it.
//
// a is addressed by two steps, a(i, k) = a + i aRow + k aDepth, so that a and its transpose share the code.
// The start value of (i, j) lies at start + i startRow + j startColumn: zeros (0, 0), a bias (0, 4), or y itself
// (yStride, 4).
//
// Tiles of 4 x 8 and 8 x 4 have 8 accumulators in flight: enough to hide the latency of an add, few enough for 16
// vector registers. The loop over k is not unrolled: V8 11 then spills (44 -> 31 GFLOP/s). Ragged edges are computed as
// whole tiles and stored exactly; they read at most 28 bytes past the end of b and of the start values.
import { multiply_add, store_lanes } from "./vector";

/** Zeros to start from, as wide as the widest tile. */
export const zeros = memory.data(128, 64);

/** y[rows, columns] = start + a b, for any shape. */
export function cover_with_tiles(
  rows: i32, depth: i32, columns: i32, a: usize, aRow: usize, aDepth: usize, b: usize, bStride: usize,
  y: usize, yStride: usize, start: usize, startRow: usize, startColumn: usize,
): void {
  // The columns that tiles of 8 do not fill are a ragged tile of 8, or a tile of 8 x 4 where that is enough.
  const rest = columns & 7, wide = rest > 4 ? columns : columns - rest;
  let i = 0;
  for (; i + 8 <= rows; i += 8) {
    four_rows(depth, wide, a, aRow, aDepth, b, bStride, y, yStride, start, startRow, startColumn);
    four_rows(
      depth, wide, a + 4 * aRow, aRow, aDepth, b, bStride, y + 4 * yStride, yStride,
      start + 4 * startRow, startRow, startColumn,
    );
    if (wide < columns) {
      const offset = <usize>wide << 2, origin = start + <usize>wide * startColumn;
      tile_8x4(depth, rest, a, aRow, aDepth, b + offset, bStride, y + offset, yStride, origin, startRow);
    }
    a += 8 * aRow;
    y += 8 * yStride;
    start += 8 * startRow;
  }
  if (i + 4 <= rows) {
    four_rows(depth, columns, a, aRow, aDepth, b, bStride, y, yStride, start, startRow, startColumn);
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

/**
 * 4 rows of any number of columns. The tile stands inside this loop: as a function of its own, whose parameters V8
 * keeps on the stack, it reaches 88 % of the peak instead of 98 %.
 */
function four_rows(
  depth: i32, columns: i32, a: usize, aRow: usize, aDepth: usize, b: usize, bStride: usize,
  y: usize, yStride: usize, start: usize, startRow: usize, startColumn: usize,
): void {
  for (let left = columns; left > 0; left -= 8) {
    tile_4x8(depth, left, a, aRow, aDepth, b, bStride, y, yStride, start, startRow);
    b += 32;
    y += 32;
    start += 8 * startColumn;
  }
}

/** 4 rows, 8 columns, of which the first `columns` are stored. */
// @ts-ignore: decorator
@inline
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
 * One row: y[j] = start[j] + sum over k of s(k) v(k, j), with s(k) = s + k sStep and v(k, j) = v + k vStride + 4 j. 32
 * columns at a time, so that a single observation has 8 accumulators in flight too.
 */
export function row_times_matrix(
  depth: i32, columns: i32, s: usize, sStep: usize, v: usize, vStride: usize,
  y: usize, start: usize, startColumn: usize,
): void {
  let left = columns;
  // The tile of 32 is called from two places: the optimizer inlines what has one caller, and V8 then spills inside the
  // loop over k (47 -> 23 GFLOP/s).
  for (; left >= 64; left -= 64) {
    row_tile_32(depth, s, sStep, v, vStride, y, start);
    row_tile_32(depth, s, sStep, v + 128, vStride, y + 128, start + 32 * startColumn);
    v += 256;
    y += 256;
    start += 64 * startColumn;
  }
  if (left >= 32) {
    row_tile_32(depth, s, sStep, v, vStride, y, start);
    left -= 32;
    v += 128;
    y += 128;
    start += 32 * startColumn;
  }
  if (left >= 16) {
    row_tile_16(depth, s, sStep, v, vStride, y, start);
    left -= 16;
    v += 64;
    y += 64;
    start += 16 * startColumn;
  }
  for (; left > 0; left -= 8) {
    row_tile_8(depth, left, s, sStep, v, vStride, y, start);
    v += 32;
    y += 32;
    start += 8 * startColumn;
  }
}

/** 1 row, 32 columns. */
function row_tile_32(depth: i32, s: usize, sStep: usize, v: usize, vStride: usize, y: usize, start: usize): void {
  let y0 = v128.load(start), y1 = v128.load(start, 16), y2 = v128.load(start, 32), y3 = v128.load(start, 48);
  let y4 = v128.load(start, 64), y5 = v128.load(start, 80), y6 = v128.load(start, 96), y7 = v128.load(start, 112);
  for (let k = depth; k > 0; k--) {
    const left = v128.load_splat<f32>(s);
    y0 = multiply_add(y0, left, v128.load(v));
    y1 = multiply_add(y1, left, v128.load(v, 16));
    y2 = multiply_add(y2, left, v128.load(v, 32));
    y3 = multiply_add(y3, left, v128.load(v, 48));
    y4 = multiply_add(y4, left, v128.load(v, 64));
    y5 = multiply_add(y5, left, v128.load(v, 80));
    y6 = multiply_add(y6, left, v128.load(v, 96));
    y7 = multiply_add(y7, left, v128.load(v, 112));
    s += sStep;
    v += vStride;
  }
  v128.store(y, y0);
  v128.store(y, y1, 16);
  v128.store(y, y2, 32);
  v128.store(y, y3, 48);
  v128.store(y, y4, 64);
  v128.store(y, y5, 80);
  v128.store(y, y6, 96);
  v128.store(y, y7, 112);
}

/** 1 row, 16 columns. */
function row_tile_16(depth: i32, s: usize, sStep: usize, v: usize, vStride: usize, y: usize, start: usize): void {
  let y0 = v128.load(start), y1 = v128.load(start, 16), y2 = v128.load(start, 32), y3 = v128.load(start, 48);
  for (let k = depth; k > 0; k--) {
    const left = v128.load_splat<f32>(s);
    y0 = multiply_add(y0, left, v128.load(v));
    y1 = multiply_add(y1, left, v128.load(v, 16));
    y2 = multiply_add(y2, left, v128.load(v, 32));
    y3 = multiply_add(y3, left, v128.load(v, 48));
    s += sStep;
    v += vStride;
  }
  v128.store(y, y0);
  v128.store(y, y1, 16);
  v128.store(y, y2, 32);
  v128.store(y, y3, 48);
}

/** 1 row, 8 columns, of which the first `columns` are stored; the second vector is read only where it is owned. */
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

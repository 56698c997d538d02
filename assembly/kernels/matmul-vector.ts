// Matrix times vector: y[rows] = bias + a[rows, depth] b[depth].
//
// Order of arithmetic (contract): one f32 accumulator per row, starting from the bias, multiply then add, k ascending.
// Four rows share a vector: four columns of four rows are loaded along k and transposed in registers, so that lane r
// holds row r.
import { interleave_high, interleave_low, join_high, join_low, multiply_add, store_lanes } from "./vector";

/**
 * The outputs lie `yStride` bytes apart, the elements of b `bStride` bytes. `bias` is the address of one float, or 0.
 */
export function matmul_vector(
  rows: i32, depth: i32, a: usize, aStride: usize, b: usize, bStride: usize, y: usize, yStride: usize, bias: usize,
): void {
  const start = bias ? v128.load_splat<f32>(bias) : f32x4.splat(0);
  let i = 0;
  for (; i + 16 <= rows; i += 16) {
    sixteen_rows(depth, a, aStride, b, bStride, y, yStride, start);
    a += 16 * aStride;
    y += 16 * yStride;
  }
  for (; i < rows; i += 4) {
    // Rows past the last are computed as the last once more, and not stored.
    const last = rows - 1 - i;
    const a1 = a + <usize>min(last, 1) * aStride, a2 = a + <usize>min(last, 2) * aStride;
    const sum = four_rows(depth, a, a1, a2, a + <usize>min(last, 3) * aStride, b, bStride, start);
    store_column(y, yStride, sum, rows - i);
    a += 4 * aStride;
    y += 4 * yStride;
  }
}

/** Four chains of four rows at once: one chain alone would wait for its own additions. */
function sixteen_rows(
  depth: i32, a: usize, aStride: usize, b: usize, bStride: usize, y: usize, yStride: usize, start: v128,
): void {
  let y0 = start, y1 = start, y2 = start, y3 = start;
  const stride2 = aStride + aStride, stride3 = stride2 + aStride, group = stride3 + aStride;
  let k = depth;
  for (; k >= 4; k -= 4) {
    const b0 = v128.load_splat<f32>(b), b1 = v128.load_splat<f32>(b + bStride);
    b += 2 * bStride;
    const b2 = v128.load_splat<f32>(b), b3 = v128.load_splat<f32>(b + bStride);
    b += 2 * bStride;
    let p = a;
    y0 = four_steps(
      y0, v128.load(p), v128.load(p + aStride), v128.load(p + stride2), v128.load(p + stride3), b0, b1, b2, b3,
    );
    p += group;
    y1 = four_steps(
      y1, v128.load(p), v128.load(p + aStride), v128.load(p + stride2), v128.load(p + stride3), b0, b1, b2, b3,
    );
    p += group;
    y2 = four_steps(
      y2, v128.load(p), v128.load(p + aStride), v128.load(p + stride2), v128.load(p + stride3), b0, b1, b2, b3,
    );
    p += group;
    y3 = four_steps(
      y3, v128.load(p), v128.load(p + aStride), v128.load(p + stride2), v128.load(p + stride3), b0, b1, b2, b3,
    );
    a += 16;
  }
  for (; k > 0; k--) {
    const b0 = v128.load_splat<f32>(b);
    let p = a;
    y0 = multiply_add(y0, gather_column(p, p + aStride, p + stride2, p + stride3), b0);
    p += group;
    y1 = multiply_add(y1, gather_column(p, p + aStride, p + stride2, p + stride3), b0);
    p += group;
    y2 = multiply_add(y2, gather_column(p, p + aStride, p + stride2, p + stride3), b0);
    p += group;
    y3 = multiply_add(y3, gather_column(p, p + aStride, p + stride2, p + stride3), b0);
    a += 4;
    b += bStride;
  }
  store_column(y, yStride, y0, 4);
  store_column(y + 4 * yStride, yStride, y1, 4);
  store_column(y + 8 * yStride, yStride, y2, 4);
  store_column(y + 12 * yStride, yStride, y3, 4);
}

/** Four rows, each at its own address. */
function four_rows(
  depth: i32, a0: usize, a1: usize, a2: usize, a3: usize, b: usize, bStride: usize, start: v128,
): v128 {
  let sum = start, offset: usize = 0, k = depth;
  for (; k >= 4; k -= 4) {
    const below = b + 2 * bStride;
    sum = four_steps(
      sum, v128.load(a0 + offset), v128.load(a1 + offset), v128.load(a2 + offset), v128.load(a3 + offset),
      v128.load_splat<f32>(b), v128.load_splat<f32>(b + bStride),
      v128.load_splat<f32>(below), v128.load_splat<f32>(below + bStride),
    );
    offset += 16;
    b += 4 * bStride;
  }
  for (; k > 0; k--) {
    sum = multiply_add(sum, gather_column(a0 + offset, a1 + offset, a2 + offset, a3 + offset), v128.load_splat<f32>(b));
    offset += 4;
    b += bStride;
  }
  return sum;
}

/** Four steps of k for four rows: r0..r3 hold k..k+3 of one row each. */
// @ts-ignore: decorator
@inline
function four_steps(sum: v128, r0: v128, r1: v128, r2: v128, r3: v128, b0: v128, b1: v128, b2: v128, b3: v128): v128 {
  const low01 = interleave_low(r0, r1), low23 = interleave_low(r2, r3);
  sum = multiply_add(sum, join_low(low01, low23), b0);
  sum = multiply_add(sum, join_high(low01, low23), b1);
  const high01 = interleave_high(r0, r1), high23 = interleave_high(r2, r3);
  sum = multiply_add(sum, join_low(high01, high23), b2);
  return multiply_add(sum, join_high(high01, high23), b3);
}

/** One element of each of four rows. */
// @ts-ignore: decorator
@inline
function gather_column(a0: usize, a1: usize, a2: usize, a3: usize): v128 {
  let column = v128.load_splat<f32>(a0);
  column = v128.load32_lane(a1, column, 1);
  column = v128.load32_lane(a2, column, 2);
  return v128.load32_lane(a3, column, 3);
}

/** Stores the first `count` lanes, `yStride` bytes apart. */
// @ts-ignore: decorator
@inline
function store_column(y: usize, yStride: usize, value: v128, count: i32): void {
  if (yStride == 4) {
    store_lanes(y, value, count);
  } else {
    v128.store32_lane(y, value, 0);
    if (count > 1) v128.store32_lane(y + yStride, value, 1);
    if (count > 2) v128.store32_lane(y + 2 * yStride, value, 2);
    if (count > 3) v128.store32_lane(y + 3 * yStride, value, 3);
  }
}

// Small words that the kernels are written in: the step of an accumulator, exact stores, the 4 x 4 transpose.

/** sum + left * right: one multiply, then one add, each rounded. The only step that a matmul takes. */
// @ts-ignore: decorator
@inline
export function multiply_add(sum: v128, left: v128, right: v128): v128 {
  return f32x4.add(sum, f32x4.mul(left, right));
}

/** Stores the first `count` (at least 1) of four lanes; four when there are more. */
// @ts-ignore: decorator
@inline
export function store_lanes(address: usize, value: v128, count: i32): void {
  if (count >= 4) {
    v128.store(address, value);
  } else if (count >= 2) {
    v128.store64_lane(address, value, 0);
    if (count == 3) v128.store32_lane(address, value, 2, 8);
  } else {
    v128.store32_lane(address, value, 0);
  }
}

/** (a0, b0, a1, b1) */
// @ts-ignore: decorator
@inline
export function interleave_low(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 4, 1, 5);
}

/** (a2, b2, a3, b3) */
// @ts-ignore: decorator
@inline
export function interleave_high(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 6, 3, 7);
}

/** (a0, a1, b0, b1) */
// @ts-ignore: decorator
@inline
export function join_low(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 0, 2);
}

/** (a2, a3, b2, b3) */
// @ts-ignore: decorator
@inline
export function join_high(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 1, 3);
}

/** The row that an index names: indices outside 0..count-1 are clamped, so that no read or write leaves its tensor. */
// @ts-ignore: decorator
@inline
export function clamp_index(index: i32, count: i32): usize {
  return <usize>max(0, min(index, count - 1));
}

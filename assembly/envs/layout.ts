// The memory of a vectorized environment: a header of 32-bit words that points at arrays. src/envs/builtin.ts
// writes it.
//
// Copies stand in pairs (two float64 lanes): `stride` is the count rounded up to even, and every array has room for
// `stride` copies, so that the last pair needs no special case: the odd lane out is a copy that nobody looks at. State
// is a structure of arrays, float64 [size, stride]; observations are [stride, size], float32 or int32. `successors`
// (finalObservations) always holds the observation that the step led to; `observations` holds the same, except where an
// episode ended: there it is the first of the next one.

// @ts-ignore: decorator
@inline
function word(env: usize, index: usize): i32 {
  return load<i32>(env + (index << 2));
}

// @ts-ignore: decorator
@inline
export function kind(env: usize): i32 { return word(env, 0); }
// @ts-ignore: decorator
@inline
export function count(env: usize): i32 { return word(env, 1); }
/** Steps after which an episode is truncated; 0 for no limit. */
// @ts-ignore: decorator
@inline
export function limit(env: usize): i32 { return word(env, 2); }
// @ts-ignore: decorator
@inline
export function stride(env: usize): i32 { return word(env, 3); }
/** Words (32 bit) in one observation. */
// @ts-ignore: decorator
@inline
export function observationSize(env: usize): i32 { return word(env, 4); }
/** Row `row` of the state: f64[stride]. */
// @ts-ignore: decorator
@inline
export function state(env: usize, row: i32): usize {
  return <usize>word(env, 5) + (<usize>(row * stride(env)) << 3);
}
/** i32[stride, 4]: key0, key1, draw, salt of each copy's random stream. */
// @ts-ignore: decorator
@inline
export function generators(env: usize): usize { return word(env, 6); }
/** i32[stride]: steps taken in the running episode. */
// @ts-ignore: decorator
@inline
export function elapsed(env: usize): usize { return word(env, 7); }
// @ts-ignore: decorator
@inline
export function actions(env: usize): usize { return word(env, 8); }
// @ts-ignore: decorator
@inline
export function observations(env: usize): usize { return word(env, 9); }
// @ts-ignore: decorator
@inline
export function successors(env: usize): usize { return word(env, 10); }
/** f64[stride] */
// @ts-ignore: decorator
@inline
export function rewards(env: usize): usize { return word(env, 11); }
/** u8[stride] */
// @ts-ignore: decorator
@inline
export function terminated(env: usize): usize { return word(env, 12); }
/** u8[stride] */
// @ts-ignore: decorator
@inline
export function truncated(env: usize): usize { return word(env, 13); }
/** Tabular tasks: the header of the table (tabular.ts). */
// @ts-ignore: decorator
@inline
export function table(env: usize): usize { return word(env, 14); }
/** Not 0 where a copy whose episode ended starts the next one in the same step. */
// @ts-ignore: decorator
@inline
export function restarts(env: usize): bool { return word(env, 15) != 0; }

/** The address of copy `copy`'s row of an observation array. */
// @ts-ignore: decorator
@inline
export function row(env: usize, base: usize, copy: i32): usize {
  return base + (<usize>(copy * observationSize(env)) << 2);
}

/** Writes the rewards of the pair that starts at `copy`. */
// @ts-ignore: decorator
@inline
export function putRewards(env: usize, copy: i32, pair: v128): void {
  v128.store(rewards(env) + (<usize>copy << 3), pair);
}

/** Writes the terminations of the pair that starts at `copy` from a lane mask. */
// @ts-ignore: decorator
@inline
export function putTerminations(env: usize, copy: i32, mask: v128): void {
  const bits = i64x2.bitmask(mask);
  store<u16>(terminated(env) + <usize>copy, <u16>((bits & 1) | ((bits & 2) << 7)));
}

/** Both lanes clipped to [low, high]; NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function clip(pair: v128, low: f64, high: f64): v128 {
  return f64x2.pmin(f64x2.pmax(pair, f64x2.splat(low)), f64x2.splat(high));
}

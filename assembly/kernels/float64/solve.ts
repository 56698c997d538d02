// Solves A x = b in float64 by elimination with partial pivoting, in blocks of columns: the right-looking form, whose
// arithmetic is almost all in one product of a tall and a wide matrix per block. Overwrites A by its factors, b by x.
//
// Order of arithmetic (contract): element (i, j) takes its subtractions l(i, k) u(k, j) over k ascending, multiply,
// then subtract, whatever the blocks are; so do the two substitutions.

const block: i32 = 48;

/** `packed`: room for block * (n + 4) numbers. Returns -1, or the column without a pivot of a singular matrix. */
export function solve(matrix: usize, n: i32, right: usize, packed: usize): i32 {
  const stride = <usize>n << 3;
  for (let begin = 0; begin < n; begin += block) {
    const end = min(begin + block, n);
    const singular = factor_panel(matrix, n, stride, begin, end, right);
    if (singular >= 0) return singular;
    if (end == n) break;
    finish_rows(matrix, n, stride, begin, end);
    pack_columns(matrix, n, stride, begin, end, packed);
    subtract_product(matrix, n, stride, begin, end, packed);
  }
  substitute(matrix, n, stride, right);
  return -1;
}

/** Factors columns begin..end of all rows from `begin` on; rows change places whole. */
function factor_panel(matrix: usize, n: i32, stride: usize, begin: i32, end: i32, right: usize): i32 {
  for (let k = begin; k < end; k++) {
    let pivot = k, largest: f64 = -1;
    for (let i = k, at = matrix + <usize>k * stride + (<usize>k << 3); i < n; i++, at += stride) {
      const size = abs(load<f64>(at));
      if (size > largest) {
        largest = size;
        pivot = i;
      }
    }
    if (!(largest > 0)) return k;
    const row = matrix + <usize>k * stride;
    if (pivot != k) {
      swap(row, matrix + <usize>pivot * stride, stride);
      swap(right + (<usize>k << 3), right + (<usize>pivot << 3), 8);
    }
    const divisor = load<f64>(row + (<usize>k << 3));
    for (let i = k + 1; i < n; i++) {
      const other = matrix + <usize>i * stride;
      const at = other + (<usize>k << 3);
      const factor = load<f64>(at) / divisor;
      store<f64>(at, factor);
      subtract_multiple(other, row, factor, k + 1, end);
    }
  }
  return -1;
}

/** to[j] -= factor from[j] for begin <= j < end. */
// @ts-ignore: decorator
@inline
function subtract_multiple(to: usize, from: usize, factor: f64, begin: i32, end: i32): void {
  const factors = f64x2.splat(factor);
  let offset = <usize>begin << 3;
  const last = <usize>end << 3;
  for (; offset + 16 <= last; offset += 16) {
    v128.store(to + offset, f64x2.sub(v128.load(to + offset), f64x2.mul(factors, v128.load(from + offset))));
  }
  if (offset < last) store<f64>(to + offset, load<f64>(to + offset) - factor * load<f64>(from + offset));
}

/** The rows begin..end right of the panel: what the panel's own rows take from each other. */
function finish_rows(matrix: usize, n: i32, stride: usize, begin: i32, end: i32): void {
  for (let k = begin; k < end; k++) {
    const row = matrix + <usize>k * stride;
    for (let i = k + 1; i < end; i++) {
      const other = matrix + <usize>i * stride;
      subtract_multiple(other, row, load<f64>(other + (<usize>k << 3)), end, n);
    }
  }
}

/** Rows begin..end right of the panel, four columns side by side: strip after strip, k after k; zeros fill the last. */
function pack_columns(matrix: usize, n: i32, stride: usize, begin: i32, end: i32, packed: usize): void {
  for (let j = end; j < n; j += 4) {
    const columns = n - j;
    for (let k = begin, at = matrix + <usize>begin * stride + (<usize>j << 3); k < end; k++, at += stride) {
      for (let c = 0; c < 4; c++, packed += 8) store<f64>(packed, c < columns ? load<f64>(at + (<usize>c << 3)) : 0);
    }
  }
}

/** The rest of the matrix less the product of the panel below its diagonal and the packed rows. */
function subtract_product(matrix: usize, n: i32, stride: usize, begin: i32, end: i32, packed: usize): void {
  const depth = end - begin, strip = <usize>depth << 5;
  let i = end;
  for (; i + 4 <= n; i += 4) {
    const left = matrix + <usize>i * stride + (<usize>begin << 3);
    let right = packed, to = matrix + <usize>i * stride + (<usize>end << 3);
    for (let rest = n - end; rest > 0; rest -= 4, right += strip, to += 32) {
      if (rest >= 4) tile_4x4(left, right, to, stride, depth);
      else ragged(left, right, to, stride, depth, 4, rest);
    }
  }
  const left = matrix + <usize>i * stride + (<usize>begin << 3);
  let right = packed, to = matrix + <usize>i * stride + (<usize>end << 3);
  for (let rest = n - end; rest > 0; rest -= 4, right += strip, to += 32) {
    ragged(left, right, to, stride, depth, n - i, min(rest, 4));
  }
}

/** 4 rows and 4 columns, 8 accumulators in flight. */
// @ts-ignore: decorator
@inline
function tile_4x4(left: usize, right: usize, to: usize, stride: usize, depth: i32): void {
  const to1 = to + stride, to2 = to1 + stride, to3 = to2 + stride;
  let y00 = v128.load(to), y01 = v128.load(to, 16), y10 = v128.load(to1), y11 = v128.load(to1, 16);
  let y20 = v128.load(to2), y21 = v128.load(to2, 16), y30 = v128.load(to3), y31 = v128.load(to3, 16);
  let l0 = left, l1 = left + stride, l2 = l1 + stride, l3 = l2 + stride;
  for (const last = l0 + (<usize>depth << 3); l0 < last; l0 += 8, l1 += 8, l2 += 8, l3 += 8, right += 32) {
    const r0 = v128.load(right), r1 = v128.load(right, 16);
    const a0 = v128.load64_splat(l0);
    y00 = f64x2.sub(y00, f64x2.mul(a0, r0));
    y01 = f64x2.sub(y01, f64x2.mul(a0, r1));
    const a1 = v128.load64_splat(l1);
    y10 = f64x2.sub(y10, f64x2.mul(a1, r0));
    y11 = f64x2.sub(y11, f64x2.mul(a1, r1));
    const a2 = v128.load64_splat(l2);
    y20 = f64x2.sub(y20, f64x2.mul(a2, r0));
    y21 = f64x2.sub(y21, f64x2.mul(a2, r1));
    const a3 = v128.load64_splat(l3);
    y30 = f64x2.sub(y30, f64x2.mul(a3, r0));
    y31 = f64x2.sub(y31, f64x2.mul(a3, r1));
  }
  v128.store(to, y00);
  v128.store(to, y01, 16);
  v128.store(to1, y10);
  v128.store(to1, y11, 16);
  v128.store(to2, y20);
  v128.store(to2, y21, 16);
  v128.store(to3, y30);
  v128.store(to3, y31, 16);
}

/** The same for fewer rows or columns, element by element. */
function ragged(left: usize, right: usize, to: usize, stride: usize, depth: i32, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++, left += stride, to += stride) {
    for (let j = 0; j < columns; j++) {
      let value = load<f64>(to + (<usize>j << 3));
      for (let k = 0; k < depth; k++) {
        value -= load<f64>(left + (<usize>k << 3)) * load<f64>(right + (<usize>(4 * k + j) << 3));
      }
      store<f64>(to + (<usize>j << 3), value);
    }
  }
}

function swap(a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 8) {
    const kept = load<f64>(a + i);
    store<f64>(a + i, load<f64>(b + i));
    store<f64>(b + i, kept);
  }
}

/** b := U^{-1} L^{-1} b. */
function substitute(matrix: usize, n: i32, stride: usize, right: usize): void {
  for (let i = 1; i < n; i++) {
    const row = matrix + <usize>i * stride;
    let value = load<f64>(right + (<usize>i << 3));
    for (let k = 0; k < i; k++) value -= load<f64>(row + (<usize>k << 3)) * load<f64>(right + (<usize>k << 3));
    store<f64>(right + (<usize>i << 3), value);
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = matrix + <usize>i * stride;
    let value = load<f64>(right + (<usize>i << 3));
    for (let k = i + 1; k < n; k++) value -= load<f64>(row + (<usize>k << 3)) * load<f64>(right + (<usize>k << 3));
    store<f64>(right + (<usize>i << 3), value / load<f64>(row + (<usize>i << 3)));
  }
}

// y[columns, rows] = transpose(a[rows, columns]), any 4-byte elements. Strides are in bytes. Nothing is computed.
import { interleave_high, interleave_low, join_high, join_low } from "./vector";

export function transpose(rows: i32, columns: i32, a: usize, aStride: usize, y: usize, yStride: usize): void {
  const wholeRows = rows & ~3, wholeColumns = columns & ~3;
  // Down the rows of `a`, four columns at a time: reads are strided, writes run along y.
  for (let j = 0; j < wholeColumns; j += 4) {
    let from = a + (<usize>j << 2), to = y + <usize>j * yStride;
    for (let i = 0; i < wholeRows; i += 4) {
      transpose_4x4(from, aStride, to, yStride);
      from += 4 * aStride;
      to += 16;
    }
  }
  copy_elements(0, wholeRows, wholeColumns, columns, a, aStride, y, yStride);
  copy_elements(wholeRows, rows, 0, columns, a, aStride, y, yStride);
}

// @ts-ignore: decorator
@inline
function transpose_4x4(from: usize, fromStride: usize, to: usize, toStride: usize): void {
  const r0 = v128.load(from), r1 = v128.load(from + fromStride);
  from += 2 * fromStride;
  const r2 = v128.load(from), r3 = v128.load(from + fromStride);
  const low01 = interleave_low(r0, r1), low23 = interleave_low(r2, r3);
  const high01 = interleave_high(r0, r1), high23 = interleave_high(r2, r3);
  v128.store(to, join_low(low01, low23));
  v128.store(to + toStride, join_high(low01, low23));
  to += 2 * toStride;
  v128.store(to, join_low(high01, high23));
  v128.store(to + toStride, join_high(high01, high23));
}

/** The ragged edges, one element at a time. */
function copy_elements(
  rowBegin: i32, rowEnd: i32, columnBegin: i32, columnEnd: i32, a: usize, aStride: usize, y: usize, yStride: usize,
): void {
  for (let j = columnBegin; j < columnEnd; j++) {
    let from = a + <usize>rowBegin * aStride + (<usize>j << 2);
    let to = y + <usize>j * yStride + (<usize>rowBegin << 2);
    for (let i = rowBegin; i < rowEnd; i++) {
      store<u32>(to, load<u32>(from));
      from += aStride;
      to += 4;
    }
  }
}

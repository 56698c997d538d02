// y[i] = x[index[i]], rows of any 4-byte elements; indices are clamped to 0..rows-1. Nothing is computed.
import { clamp_index } from "./vector";

export function gather_rows(count: i32, rowBytes: usize, rows: i32, x: usize, index: usize, y: usize): void {
  for (let i = 0; i < count; i++) {
    copy_row(y, x + clamp_index(load<i32>(index), rows) * rowBytes, rowBytes);
    index += 4;
    y += rowBytes;
  }
}

/** Rows are mostly short: a loop beats the call that `memory.copy` is. */
// @ts-ignore: decorator
@inline
function copy_row(to: usize, from: usize, bytes: usize): void {
  let offset: usize = 0;
  for (; offset + 16 <= bytes; offset += 16) v128.store(to + offset, v128.load(from + offset));
  for (; offset < bytes; offset += 4) store<u32>(to + offset, load<u32>(from + offset));
}

// y[rows, width] = 0, then y[index[i]] += d[i] for every row i of d[count, width]: the gradient of gather_rows.
//
// Order of arithmetic (contract): an element begins with 0 and takes its additions with i ascending. Indices are
// clamped to 0..rows-1, as the gather clamps them.
import { clamp_index } from "./vector";

export function scatter_add_rows(count: i32, width: i32, rows: i32, d: usize, index: usize, y: usize): void {
  const rowBytes = <usize>width << 2;
  memory.fill(y, 0, <usize>rows * rowBytes);
  for (let i = 0; i < count; i++) {
    add_row(y + clamp_index(load<i32>(index), rows) * rowBytes, d, rowBytes);
    index += 4;
    d += rowBytes;
  }
}

// @ts-ignore: decorator
@inline
function add_row(to: usize, from: usize, bytes: usize): void {
  let offset: usize = 0;
  for (; offset + 16 <= bytes; offset += 16) {
    v128.store(to + offset, f32x4.add(v128.load(to + offset), v128.load(from + offset)));
  }
  for (; offset < bytes; offset += 4) store<f32>(to + offset, load<f32>(to + offset) + load<f32>(from + offset));
}

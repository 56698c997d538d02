// y[outer, size, inner] = 0, then y[o, index[o, j, i], i] += d[o, j, i] for d, index [outer, n, inner]: the gradient of
// take_along.
//
// Order of arithmetic (contract): an element begins with 0 and takes its additions with j ascending. Indices are
// clamped to 0..size-1, as take_along clamps them.
import { clamp_index } from "./vector";

export function scatter_add_along(outer: i32, size: i32, inner: i32, n: i32, d: usize, index: usize, y: usize): void {
  const innerBytes = <usize>inner << 2, slabBytes = <usize>size * innerBytes;
  memory.fill(y, 0, <usize>outer * slabBytes);
  for (let o = 0; o < outer; o++) {
    for (let j = 0; j < n; j++) {
      for (let i: usize = 0; i < innerBytes; i += 4) {
        const to = y + clamp_index(load<i32>(index + i), size) * innerBytes + i;
        store<f32>(to, load<f32>(to) + load<f32>(d + i));
      }
      index += innerBytes;
      d += innerBytes;
    }
    y += slabBytes;
  }
}

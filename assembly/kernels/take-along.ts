// y[o, j, i] = x[o, index[o, j, i], i] for x[outer, size, inner] and index, y [outer, n, inner], any 4-byte elements.
// Indices are clamped to 0..size-1. Nothing is computed.
import { clamp_index } from "./vector";

export function take_along(outer: i32, size: i32, inner: i32, n: i32, x: usize, index: usize, y: usize): void {
  const innerBytes = <usize>inner << 2, slabBytes = <usize>size * innerBytes;
  for (let o = 0; o < outer; o++) {
    for (let j = 0; j < n; j++) {
      for (let i: usize = 0; i < innerBytes; i += 4) {
        store<u32>(y + i, load<u32>(x + clamp_index(load<i32>(index + i), size) * innerBytes + i));
      }
      index += innerBytes;
      y += innerBytes;
    }
    x += slabBytes;
  }
}

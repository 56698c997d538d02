// The linear recurrence along axis 0 of x, a, y [steps, width]:
//
//   y[t] = x[t] + a[t] y[t-1]      (reverse: y[t] = x[t] + a[t] y[t+1]),  with y = 0 beyond the end.
//
// Discounted sums, advantages and segmented sums (a = 0 where a segment begins) are this.
// Order of arithmetic (contract): multiply, then add, each rounded; the first step too takes x + a 0.
import { multiply_add, store_lanes } from "./vector";

export function linear_scan(steps: i32, width: i32, reverse: bool, x: usize, a: usize, y: usize): void {
  const rowBytes = <usize>width << 2;
  const first = reverse ? <usize>(steps - 1) * rowBytes : 0;
  const step: usize = reverse ? 0 - rowBytes : rowBytes;
  let column = 0;
  for (; column + 16 <= width; column += 16) scan_16(steps, step, x, a, y, first + (<usize>column << 2));
  for (; column < width; column += 4) scan_4(steps, step, x, a, y, first + (<usize>column << 2), width - column);
}

/** 16 columns: four independent chains hide the latency of one. */
function scan_16(steps: i32, step: usize, x: usize, a: usize, y: usize, first: usize): void {
  let y0 = f32x4.splat(0), y1 = y0, y2 = y0, y3 = y0, offset = first;
  for (let t = 0; t < steps; t++) {
    const from = x + offset, by = a + offset, to = y + offset;
    y0 = multiply_add(v128.load(from), v128.load(by), y0);
    y1 = multiply_add(v128.load(from, 16), v128.load(by, 16), y1);
    y2 = multiply_add(v128.load(from, 32), v128.load(by, 32), y2);
    y3 = multiply_add(v128.load(from, 48), v128.load(by, 48), y3);
    v128.store(to, y0);
    v128.store(to, y1, 16);
    v128.store(to, y2, 32);
    v128.store(to, y3, 48);
    offset += step;
  }
}

/** 4 columns, of which the first `columns` are stored. */
function scan_4(steps: i32, step: usize, x: usize, a: usize, y: usize, first: usize, columns: i32): void {
  let sum = f32x4.splat(0), offset = first;
  for (let t = 0; t < steps; t++) {
    sum = multiply_add(v128.load(x + offset), v128.load(a + offset), sum);
    store_lanes(y + offset, sum, columns);
    offset += step;
  }
}

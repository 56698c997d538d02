// y[r] = the index of the first maximum of x[r, 0..n-1], as i32. A NaN is never the maximum; a row of nothing but NaN
// or negative infinity gives 0. Zeros of either sign are equal.

export function argmax(rows: i32, n: i32, x: usize, y: usize): void {
  for (let r = 0; r < rows; r++) {
    let best: f32 = -Infinity, bestIndex = 0;
    for (let j = 0; j < n; j++) {
      const value = load<f32>(x);
      if (value > best) {
        best = value;
        bestIndex = j;
      }
      x += 4;
    }
    store<i32>(y, bestIndex);
    y += 4;
  }
}

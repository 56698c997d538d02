// y_s = sum_a w(s, a) row(s, a): each group of `actions` rows becomes one row. Sums run over a ascending.

export function mix_rows(weights: usize, matrix: usize, groups: i32, actions: i32, columns: i32, y: usize): void {
  const bytes = <usize>columns << 3;
  const whole = columns & ~7;
  for (let s = 0; s < groups; s++) {
    let j = 0;
    for (; j < whole; j += 8) {
      let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
      let row = matrix + (<usize>j << 3), w = weights;
      for (let a = 0; a < actions; a++, row += bytes, w += 8) {
        const weight = v128.load64_splat(w);
        s0 = f64x2.add(s0, f64x2.mul(weight, v128.load(row)));
        s1 = f64x2.add(s1, f64x2.mul(weight, v128.load(row, 16)));
        s2 = f64x2.add(s2, f64x2.mul(weight, v128.load(row, 32)));
        s3 = f64x2.add(s3, f64x2.mul(weight, v128.load(row, 48)));
      }
      const to = y + (<usize>j << 3);
      v128.store(to, s0);
      v128.store(to, s1, 16);
      v128.store(to, s2, 32);
      v128.store(to, s3, 48);
    }
    for (; j < columns; j++) {
      let sum: f64 = 0;
      let row = matrix + (<usize>j << 3), w = weights;
      for (let a = 0; a < actions; a++, row += bytes, w += 8) sum += load<f64>(w) * load<f64>(row);
      store<f64>(y + (<usize>j << 3), sum);
    }
    weights += <usize>actions << 3;
    matrix += <usize>actions * bytes;
    y += bytes;
  }
}

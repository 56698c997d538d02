// y_i = <row i of a matrix, x> in float64.
//
// Order of arithmetic (contract): eight partial sums by index modulo 8 over whole groups of eight, folded as
// ((s0 + s2) + (s4 + s6)) + ((s1 + s3) + (s5 + s7)); then what is left, one after the other.

export function rows_times_vector(matrix: usize, rows: i32, columns: i32, x: usize, y: usize): void {
  const whole = columns & ~7;
  for (let i = 0; i < rows; i++) {
    let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
    let a = matrix, b = x;
    for (const end = matrix + (<usize>whole << 3); a < end; a += 64, b += 64) {
      s0 = f64x2.add(s0, f64x2.mul(v128.load(a), v128.load(b)));
      s1 = f64x2.add(s1, f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
      s2 = f64x2.add(s2, f64x2.mul(v128.load(a, 32), v128.load(b, 32)));
      s3 = f64x2.add(s3, f64x2.mul(v128.load(a, 48), v128.load(b, 48)));
    }
    const pairs = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
    let sum = f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
    for (let j = whole; j < columns; j++, a += 8, b += 8) sum += load<f64>(a) * load<f64>(b);
    store<f64>(y, sum);
    y += 8;
    matrix += <usize>columns << 3;
  }
}

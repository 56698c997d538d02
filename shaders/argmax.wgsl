// y[r] = the index of the first maximum of x[r, 0..size-1], as i32; one thread a row. A NaN is never the maximum; a
// row of nothing but NaN or negative infinity gives 0. Zeros of either sign are equal.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let row = workgroup_number(group) * 64u + lane;
  if (row >= parameters.rows) { return; }
  var best = -infinity();
  var best_index = 0u;
  for (var j = 0u; j < parameters.size; j++) {
    let value = load_x(row * parameters.size + j);
    if (value > best) {
      best = value;
      best_index = j;
    }
  }
  store_y(row, i32(best_index));
}

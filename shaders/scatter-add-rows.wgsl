// y[rows, width] = 0, then y[index[i]] += x[i] for every row i of x[count, width]; one thread an element of y. A
// thread walks over the whole index instead of adding with atomics, so that the order is fixed: an element begins
// with 0 and takes its additions with i ascending. Indices are clamped to 0..rows-1, as the gather clamps them.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let element = workgroup_number(group) * 64u + lane;
  if (element >= parameters.rows * parameters.width) { return; }
  let row = element / parameters.width;
  let column = element % parameters.width;
  var sum = 0f;
  for (var i = 0u; i < parameters.count; i++) {
    if (clamp_index(load_index(i), parameters.rows) == row) {
      sum = sum + load_x(i * parameters.width + column);
    }
  }
  store_y(element, sum);
}

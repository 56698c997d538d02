// y[i] = x[index[i]] for every row i of y [count, width], x [rows, width], any 4-byte elements; one thread an element
// of y. Indices are clamped to 0..rows-1. Nothing is computed.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let i = workgroup_number(group) * 64u + lane;
  if (i >= parameters.count * parameters.width) { return; }
  let row = clamp_index(load_index(i / parameters.width), parameters.rows);
  store_y(i, load_x(row * parameters.width + i % parameters.width));
}

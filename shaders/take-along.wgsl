// y[o, j, i] = x[o, index[o, j, i], i] for x [outer, size, inner] and index, y [outer, count, inner], any 4-byte
// elements; one thread an element of y. Indices are clamped to 0..size-1. Nothing is computed.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let element = workgroup_number(group) * 64u + lane;
  if (element >= parameters.outer * parameters.count * parameters.inner) { return; }
  let o = element / (parameters.count * parameters.inner);
  let source = clamp_index(load_index(element), parameters.size);
  store_y(element, load_x((o * parameters.size + source) * parameters.inner + element % parameters.inner));
}

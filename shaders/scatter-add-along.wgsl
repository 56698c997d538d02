// y[outer, size, inner] = 0, then y[o, index[o, j, i], i] += x[o, j, i] for x, index [outer, count, inner]; one
// thread an element of y. An element begins with 0 and takes its additions with j ascending. Indices are clamped to
// 0..size-1, as take-along clamps them.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let element = workgroup_number(group) * 64u + lane;
  if (element >= parameters.outer * parameters.size * parameters.inner) { return; }
  let slab = element / (parameters.size * parameters.inner);
  let row = element / parameters.inner % parameters.size;
  var sum = 0f;
  for (var j = 0u; j < parameters.count; j++) {
    let source = (slab * parameters.count + j) * parameters.inner + element % parameters.inner;
    if (clamp_index(load_index(source), parameters.size) == row) {
      sum = sum + load_x(source);
    }
  }
  store_y(element, sum);
}

// y[t] = x[t] + a[t] y[t-1] (reverse: y[t] = x[t] + a[t] y[t+1]) along axis 0 of x, a, y [steps, width], with y = 0
// beyond the end; one thread a column. Multiply, then add; the first step too takes x + a 0.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let column = workgroup_number(group) * 64u + lane;
  if (column >= parameters.width) { return; }
  var y = 0f;
  for (var step = 0u; step < parameters.steps; step++) {
    let t = select(step, parameters.steps - 1u - step, parameters.reverse != 0u);
    let i = t * parameters.width + column;
    y = load_x(i) + load_a(i) * y;
    store_y(i, y);
  }
}

// matmul.wgsl for large products: a workgroup takes a tile of 64 x 64, a thread 16 elements of it (rows slow, slow +
// 16, ...; columns fast, fast + 16, ...), over tiles of 16 in k. The same order of arithmetic.

var<workgroup> a_tile: array<array<f32, 65>, 16>;
var<workgroup> b_tile: array<array<f32, 65>, 16>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let place = locate(workgroup_number(group), 64u);
  let fast = lane % 16u;
  let slow = lane / 16u;
  let column = place.column + fast;
  let start = vec4<f32>(bias_at(column), bias_at(column + 16u), bias_at(column + 32u), bias_at(column + 48u));
  var sum_0 = start;
  var sum_1 = start;
  var sum_2 = start;
  var sum_3 = start;
  for (var k = 0u; k < parameters.depth; k += 16u) {
    for (var part = 0u; part < 4u; part++) {
      let near = lane % 64u;
      let far = slow + part * 16u;
      let step = lane / 64u + part * 4u;
      let a_row = select(far, near, parameters.a_transposed != 0u);
      let a_step = select(fast, step, parameters.a_transposed != 0u);
      let b_column = select(near, far, parameters.b_transposed != 0u);
      let b_step = select(step, fast, parameters.b_transposed != 0u);
      a_tile[a_step][a_row] = element_of_a(place, place.row + a_row, k + a_step);
      b_tile[b_step][b_column] = element_of_b(place, k + b_step, place.column + b_column);
    }
    workgroupBarrier();
    for (var step = 0u; step < 16u; step++) {
      let b = vec4<f32>(
        b_tile[step][fast], b_tile[step][fast + 16u], b_tile[step][fast + 32u], b_tile[step][fast + 48u]);
      sum_0 = sum_0 + a_tile[step][slow] * b;
      sum_1 = sum_1 + a_tile[step][slow + 16u] * b;
      sum_2 = sum_2 + a_tile[step][slow + 32u] * b;
      sum_3 = sum_3 + a_tile[step][slow + 48u] * b;
    }
    workgroupBarrier();
  }
  store_row(place, place.row + slow, column, sum_0);
  store_row(place, place.row + slow + 16u, column, sum_1);
  store_row(place, place.row + slow + 32u, column, sum_2);
  store_row(place, place.row + slow + 48u, column, sum_3);
}

fn store_row(place: Place, row: u32, column: u32, values: vec4<f32>) {
  if (row >= parameters.rows) { return; }
  let at = place.y + row * parameters.columns + column;
  if (column < parameters.columns) { store_y(at, values.x); }
  if (column + 16u < parameters.columns) { store_y(at + 16u, values.y); }
  if (column + 32u < parameters.columns) { store_y(at + 32u, values.z); }
  if (column + 48u < parameters.columns) { store_y(at + 48u, values.w); }
}

// y = a b (+ bias) per batch: one thread an element of y, a workgroup a tile of 16 x 16, over tiles of 16 in k. Order
// of arithmetic: one accumulator an element, from the bias (or 0), k ascending. A compiler may fuse multiply and add.
// Elements beyond the edges count as zeros. Either side may be stored transposed; neighbouring threads then load
// along the axis that lies contiguous in memory.

var<workgroup> a_tile: array<array<f32, 17>, 16>;
var<workgroup> b_tile: array<array<f32, 17>, 16>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let place = locate(workgroup_number(group), 16u);
  let fast = lane % 16u;
  let slow = lane / 16u;
  let row = place.row + slow;
  let column = place.column + fast;
  let a_row = select(slow, fast, parameters.a_transposed != 0u);
  let a_step = select(fast, slow, parameters.a_transposed != 0u);
  let b_column = select(fast, slow, parameters.b_transposed != 0u);
  let b_step = select(slow, fast, parameters.b_transposed != 0u);
  var sum = bias_at(column);
  for (var k = 0u; k < parameters.depth; k += 16u) {
    a_tile[a_row][a_step] = element_of_a(place, place.row + a_row, k + a_step);
    b_tile[b_step][b_column] = element_of_b(place, k + b_step, place.column + b_column);
    workgroupBarrier();
    for (var step = 0u; step < 16u; step++) {
      sum = sum + a_tile[slow][step] * b_tile[step][fast];
    }
    workgroupBarrier();
  }
  if (row < parameters.rows && column < parameters.columns) {
    store_y(place.y + row * parameters.columns + column, sum);
  }
}

// y = a b (+ bias) per batch: one thread an element of y, a workgroup a tile of 16 x 16, over tiles of 16 in k.
// Order of arithmetic: one accumulator an element, from the bias (or 0), k ascending. A compiler may fuse multiply and add.
// Elements beyond the edges count as zeros. Either side may be stored transposed; neighbouring threads then load along the
// axis that lies contiguous in memory.

var<workgroup> a_tile: array<array<f32, 17>, 16>;
var<workgroup> b_tile: array<array<f32, 17>, 16>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let place = locate(workgroup_number(group), 16u);
  let fast = lane % 16u;
  let slow = lane / 16u;
  let row = place.row + slow;
  let column = place.column + fast;
  var sum = 0f;
  if (column < parameters.columns) { sum = load_bias(column); }
  for (var k = 0u; k < parameters.depth; k += 16u) {
    if (parameters.a_transposed != 0u) {
      a_tile[fast][slow] = element_of_a(place, place.row + fast, k + slow);
    } else {
      a_tile[slow][fast] = element_of_a(place, row, k + fast);
    }
    if (parameters.b_transposed != 0u) {
      b_tile[fast][slow] = element_of_b(place, k + fast, place.column + slow);
    } else {
      b_tile[slow][fast] = element_of_b(place, k + slow, column);
    }
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

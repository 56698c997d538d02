// The frame of y = a b (+ bias) per batch on a GPU: a workgroup computes a tile of tile_rows x tile_columns, a thread a
// block of it in registers, over slices of `steps` in k that pass through workgroup memory. Order of arithmetic: one
// accumulator an element, from the bias (or 0), k ascending; a compiler may fuse multiply and add. Where k is split,
// each part begins with 0 and matmul-join.wgsl adds the parts up. Elements beyond the edges count as zeros.
//
// Vector v of a tile's column of a holds the rows v, v + a_vectors, v + 2 a_vectors and v + 3 a_vectors, so that
// neighbouring threads load neighbouring words; the same for the columns of b. Either side may be stored transposed:
// threads then go along the other axis. The next slice is on its way while the current one is computed.
// Constants and the parts in braces are printed by src/devices/webgpu/matmul-to-wgsl.ts.

var<workgroup> a_tile: array<array<vec4<f32>, a_vectors + 1u>, steps>;
var<workgroup> b_tile: array<array<vec4<f32>, b_vectors + 1u>, steps>;

@compute @workgroup_size(threads)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let number = workgroup_number(group);
  let own = own_parameters(group);
  if (number >= own.workgroups) { return; }
  let place = locate(own, number, 4u * a_vectors, 4u * b_vectors);
  let across = lane % threads_across;
  let down = lane / threads_across;
  let a_along_k = parameters.a_transposed == 0u;
  let b_along_k = parameters.b_transposed != 0u;
  {{begin}}
  for (var k = place.first; k < place.to; k += steps) {
    {{place}}
    workgroupBarrier();
    let next = select(k + steps, place.first, exact && k + steps >= place.to);
    {{fetch}}
    {{multiply}}
    workgroupBarrier();
  }
  {{end}}
}

fn a_vector(place: Place, vector: u32, k: u32) -> vec4<f32> {
  let row = place.row + vector;
  return vec4<f32>(
    element_of_a(place, row, k), element_of_a(place, row + a_vectors, k),
    element_of_a(place, row + 2u * a_vectors, k), element_of_a(place, row + 3u * a_vectors, k));
}

fn b_vector(place: Place, vector: u32, k: u32) -> vec4<f32> {
  let column = place.column + vector;
  return vec4<f32>(
    element_of_b(place, k, column), element_of_b(place, k, column + b_vectors),
    element_of_b(place, k, column + 2u * b_vectors), element_of_b(place, k, column + 3u * b_vectors));
}

fn bias_vector(place: Place, vector: u32) -> vec4<f32> {
  let column = place.column + vector;
  return vec4<f32>(
    bias_at(place, column), bias_at(place, column + b_vectors),
    bias_at(place, column + 2u * b_vectors), bias_at(place, column + 3u * b_vectors));
}

fn store_vector(place: Place, row: u32, vector: u32, values: vec4<f32>) {
  let column = place.column + vector;
  store_element(place, row, column, values.x);
  store_element(place, row, column + b_vectors, values.y);
  store_element(place, row, column + 2u * b_vectors, values.z);
  store_element(place, row, column + 3u * b_vectors, values.w);
}

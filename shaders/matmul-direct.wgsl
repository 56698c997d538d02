// The frame of y = a b (+ bias) for adapters that compute on a CPU, where barriers and workgroup memory cost more than
// they save: a thread computes tile_rows x 4 elements alone. The order of arithmetic is that of matmul.wgsl.

@compute @workgroup_size(threads)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let place = locate(own_parameters(group), workgroup_number(group) * threads + lane, tile_rows, 4u);
  if (place.y >= parameters.end) { return; }
  let row = place.row;
  let column = place.column;
  let start = vec4<f32>(bias_at(place, column), bias_at(place, column + 1u),
    bias_at(place, column + 2u), bias_at(place, column + 3u));
  {{begin}}
  for (var k = place.first; k < place.to; k++) {
    let b = vec4<f32>(element_of_b(place, k, column), element_of_b(place, k, column + 1u),
      element_of_b(place, k, column + 2u), element_of_b(place, k, column + 3u));
    {{multiply}}
  }
  {{end}}
}

fn store_row(place: Place, row: u32, values: vec4<f32>) {
  store_element(place, row, place.column, values.x);
  store_element(place, row, place.column + 1u, values.y);
  store_element(place, row, place.column + 2u, values.z);
  store_element(place, row, place.column + 3u, values.w);
}

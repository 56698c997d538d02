// The frame of y = a b (+ bias) for adapters that compute on a CPU, where barriers and workgroup memory cost more than
// they save: a thread computes tile_rows x tile_columns elements alone. The order of arithmetic is that of matmul.wgsl.
// Constants and the parts in braces are printed by src/devices/webgpu/matmul-to-wgsl.ts.

@compute @workgroup_size(threads)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let place = locate(own_parameters(group), workgroup_number(group) * threads + lane, tile_rows, tile_columns);
  if (place.y >= parameters.end) { return; }
  {{begin}}
  for (var k = place.first; k < place.to; k++) {
    let a_k = k * parameters.a_column;
    let b_k = k * parameters.b_row;
    {{multiply}}
  }
  {{end}}
}

fn bias_vector(place: Place, column: u32) -> vec4<f32> {
  return vec4<f32>(bias_at(place, column), bias_at(place, column + 1u),
    bias_at(place, column + 2u), bias_at(place, column + 3u));
}

// Where rows of a and columns of b begin; beyond the edges the last, whose products are not stored.
fn a_begin(place: Place, row: u32) -> u32 {
  return place.a + min(row, parameters.rows - 1u) * parameters.a_row;
}

fn b_begin(place: Place, column: u32) -> u32 {
  return place.b + min(column, parameters.columns - 1u) * parameters.b_column;
}

fn store_vector(place: Place, row: u32, column: u32, values: vec4<f32>) {
  store_element(place, row, column, values.x);
  store_element(place, row, column + 1u, values.y);
  store_element(place, row, column + 2u, values.z);
  store_element(place, row, column + 3u, values.w);
}

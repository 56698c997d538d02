// Where a workgroup of a matmul works: the first row and column of its tile, and where its batch begins in a, b and y.
struct Place {
  row: u32,
  column: u32,
  a: u32,
  b: u32,
  y: u32,
}

fn locate(tile: u32, width: u32) -> Place {
  let across = (parameters.columns + width - 1u) / width;
  let down = (parameters.rows + width - 1u) / width;
  let batch = tile / (across * down);
  let outer = batch / parameters.batch_inner;
  let inner = batch % parameters.batch_inner;
  return Place(
    tile / across % down * width,
    tile % across * width,
    outer * parameters.a_outer + inner * parameters.a_inner,
    outer * parameters.b_outer + inner * parameters.b_inner,
    batch * parameters.rows * parameters.columns,
  );
}

fn element_of_a(place: Place, row: u32, k: u32) -> f32 {
  if (row >= parameters.rows || k >= parameters.depth) { return 0f; }
  return load_a(place.a + row * parameters.a_row + k * parameters.a_column);
}

fn element_of_b(place: Place, k: u32, column: u32) -> f32 {
  if (k >= parameters.depth || column >= parameters.columns) { return 0f; }
  return load_b(place.b + k * parameters.b_row + column * parameters.b_column);
}

// What the accumulator of an element starts from.
fn bias_at(column: u32) -> f32 {
  if (parameters.has_bias == 0u || column >= parameters.columns) { return 0f; }
  return load_bias(column);
}

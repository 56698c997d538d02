// Where a workgroup of a matmul works: the first row and column of its tile, the steps of k that it adds up
// (first <= k < to: all of them, or one of `splits` parts), and where its batch begins in a, b and y.
struct Place {
  row: u32,
  column: u32,
  split: u32,
  first: u32,
  to: u32,
  a: u32,
  b: u32,
  y: u32,
}

fn locate(p: Parameters, number: u32, height: u32, width: u32) -> Place {
  let across = (p.columns + width - 1u) / width;
  let down = (p.rows + height - 1u) / height;
  let tile = number % (across * down);
  let sheet = number / (across * down);
  let batch = sheet / p.splits;
  let split = sheet % p.splits;
  let outer = batch / p.batch_inner;
  let inner = batch % p.batch_inner;
  let first = split * p.part;
  return Place(
    tile / across * height,
    tile % across * width,
    split,
    first,
    min(p.depth, first + p.part),
    outer * p.a_outer + inner * p.a_inner,
    outer * p.b_outer + inner * p.b_inner,
    sheet * p.rows * p.columns,
  );
}

fn element_of_a(place: Place, row: u32, k: u32) -> f32 {
  if (!exact && (row >= parameters.rows || k >= place.to)) { return 0f; }
  return load_a(place.a + row * parameters.a_row + k * parameters.a_column);
}

fn element_of_b(place: Place, k: u32, column: u32) -> f32 {
  if (!exact && (column >= parameters.columns || k >= place.to)) { return 0f; }
  return load_b(place.b + k * parameters.b_row + column * parameters.b_column);
}

// What the accumulator of an element starts from.
fn bias_at(place: Place, column: u32) -> f32 {
  if (parameters.has_bias == 0u || place.split > 0u || column >= parameters.columns) { return 0f; }
  return load_bias(column);
}

// The printed `finish(i, value)` stores an element, or what an epilogue makes of it.
fn store_element(place: Place, row: u32, column: u32, value: f32) {
  if (!exact && (row >= parameters.rows || column >= parameters.columns)) { return; }
  finish(place.y + row * parameters.columns + column, value);
}

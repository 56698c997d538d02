// The row that an index names: indices outside 0..count-1 are clamped, so that no access leaves its tensor.
fn clamp_index(index: i32, count: u32) -> u32 {
  return u32(clamp(index, 0, i32(count) - 1));
}

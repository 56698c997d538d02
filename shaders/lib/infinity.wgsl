// WGSL has no literal for infinity and refuses constants that are none, so its bits come with the parameters.
fn infinity() -> f32 {
  return bitcast<f32>(parameters.infinity);
}

// y[i] = word i % 4 of philox(counter = (floor(i / 4), salt, draw, stream), key), all but the salt from state =
// [key0, key1, draw, stream]; one thread a block of four words.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let block = workgroup_number(group) * 64u + lane;
  let first = block * 4u;
  if (first >= parameters.count) { return; }
  let key = vec2<u32>(load_state(0u), load_state(1u));
  let words = philox(vec4<u32>(block, parameters.salt, load_state(2u), load_state(3u)), key);
  store_y(first, words.x);
  if (first + 1u < parameters.count) { store_y(first + 1u, words.y); }
  if (first + 2u < parameters.count) { store_y(first + 2u, words.z); }
  if (first + 3u < parameters.count) { store_y(first + 3u, words.w); }
}

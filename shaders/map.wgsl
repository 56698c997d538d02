// The frame of a map without reductions: one thread an element of the domain, in row-major order.
// `size` and the body are printed by src/devices/webgpu/map-to-wgsl.ts; the body reads the element's number `i`.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let i = workgroup_number(group) * 64u + lane;
  if (i < size) {
    {{body}}
  }
}

// The parts [batch, splits, size] of a matmul whose k was split, added up in ascending order; one thread an element.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let element = workgroup_number(group) * 64u + lane;
  if (element >= parameters.count) { return; }
  let first = element / parameters.size * parameters.size * parameters.splits + element % parameters.size;
  var sum = load_parts(first);
  for (var split = 1u; split < parameters.splits; split++) {
    sum = sum + load_parts(first + split * parameters.size);
  }
  finish(element, sum);
}

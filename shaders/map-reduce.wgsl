// The frame of a map that ends in reductions. A workgroup takes `columns` kept elements, each by `strands` threads:
// strand s goes over the reduced elements s, s + strands, s + 2 strands, ... of one part (as a rule there is one part,
// all of them); then a tree over the strands joins 16 at a time (those equal modulo strands / 16, ascending). So the
// order of a sum depends on the shape alone. Where there are subgroups, sums of one kept element a workgroup are joined
// by these instead: then it depends on the size that the adapter gives them, too. The constants and the bodies are
// printed by src/devices/webgpu/map-to-wgsl.ts. With one strand `declare` and `fold` are empty.
{{declare}}

@compute @workgroup_size(threads)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32{{builtins}}) {
  let number = workgroup_number(group);
  if (number >= own_parameters(group).workgroups) { return; }
  let part = number / kept_groups;
  let kept = number % kept_groups * columns + lane % columns;
  let strand = lane / columns;
  {{begin}}
  if (kept < kept_size) {
    let end = min(reduced_size, (part + 1u) * part_size);
    for (var reduced = part * part_size + strand; reduced < end; reduced += strands) {
      let i = {{element}};
      {{body}}
    }
  }
  {{fold}}
  if (strand == 0u && kept < kept_size) {
    {{end}}
  }
}

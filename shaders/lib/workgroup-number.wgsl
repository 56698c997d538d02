// A dispatch may be folded into two dimensions, since one dimension ends at 65535 workgroups.
fn workgroup_number(group: vec3<u32>) -> u32 {
  return group.y * own_parameters(group).groups_x + group.x;
}

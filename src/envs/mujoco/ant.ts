import { body, capsule, element, free, hinge, model, plane, sphere } from "./mjcf.ts";

/** A leg points to the corner (dx, dy): hip segment, thigh, shin, each twice as long as the one before or the same. */
function leg(number: number, dx: number, dy: number): string {
  const along = (length: number): number[] => [length * dx, length * dy, 0];
  const segment = (length: number): string => capsule({ fromto: [0, 0, 0, ...along(length)], size: 0.08 });
  // Ankles bend upwards from the ground on every side: the axis lies across the leg, in one of two senses.
  const across = dx * dy > 0 ? [-1, 1, 0] : [1, 1, 0];
  const range = dx > 0 ? [30, 70] : [-70, -30];
  return body({ name: `leg_${number}`, pos: [0, 0, 0] },
    segment(0.2),
    body({ name: `aux_${number}`, pos: along(0.2) },
      hinge(`hip_${number}`, { axis: [0, 0, 1], range: [-30, 30] }),
      segment(0.2),
      body({ pos: along(0.2) },
        hinge(`ankle_${number}`, { axis: across, range }),
        segment(0.4))));
}

export const ant = (): string => model({
  name: "ant",
  compiler: { angle: "degree" },
  option: { integrator: "RK4", timestep: 0.01 },
  defaults: [
    element("joint", { armature: 1, damping: 1, limited: true }),
    element("geom", { conaffinity: 0, condim: 3, density: 5, friction: [1, 0.5, 0.5], margin: 0.01 }),
  ],
  world: [
    plane({ name: "floor", condim: 3, conaffinity: 1, size: [40, 40, 40] }),
    body({ name: "torso", pos: [0, 0, 0.75] },
      sphere({ size: 0.25 }),
      element("joint", { name: "root", type: "free", margin: 0.01, ...free }),
      leg(1, 1, 1), leg(2, -1, 1), leg(3, -1, -1), leg(4, 1, -1)),
  ],
  motors: [4, 1, 2, 3].flatMap((number) => [[`hip_${number}`, 150], [`ankle_${number}`, 150]] as const),
  control: 1,
});

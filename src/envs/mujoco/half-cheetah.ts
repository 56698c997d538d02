import { body, capsule, element, hinge, model, planarRoot, plane } from "./mjcf.ts";

/** One part of a leg: its joint has its name. Angles in radians, about y. */
interface Part {
  readonly name: string;
  readonly pos: readonly number[];
  readonly range: readonly [number, number];
  readonly stiffness: number;
  readonly damping: number;
  readonly gear: number;
  readonly geom: { readonly half: number; readonly pos: readonly number[]; readonly angle: number };
}

const radius = 0.046;

const back: readonly Part[] = [
  {
    name: "bthigh", pos: [-0.5, 0, 0], range: [-0.52, 1.05], stiffness: 240, damping: 6, gear: 120,
    geom: { half: 0.145, pos: [0.1, 0, -0.13], angle: -3.8 },
  },
  {
    name: "bshin", pos: [0.16, 0, -0.25], range: [-0.785, 0.785], stiffness: 180, damping: 4.5, gear: 90,
    geom: { half: 0.15, pos: [-0.14, 0, -0.07], angle: -2.03 },
  },
  {
    name: "bfoot", pos: [-0.28, 0, -0.14], range: [-0.4, 0.785], stiffness: 120, damping: 3, gear: 60,
    geom: { half: 0.094, pos: [0.03, 0, -0.097], angle: -0.27 },
  },
];
const front: readonly Part[] = [
  {
    name: "fthigh", pos: [0.5, 0, 0], range: [-1, 0.7], stiffness: 180, damping: 4.5, gear: 120,
    geom: { half: 0.133, pos: [-0.07, 0, -0.12], angle: 0.52 },
  },
  {
    name: "fshin", pos: [-0.14, 0, -0.24], range: [-1.2, 0.87], stiffness: 120, damping: 3, gear: 60,
    geom: { half: 0.106, pos: [0.065, 0, -0.09], angle: -0.6 },
  },
  {
    name: "ffoot", pos: [0.13, 0, -0.18], range: [-0.5, 0.5], stiffness: 60, damping: 1.5, gear: 30,
    geom: { half: 0.07, pos: [0.045, 0, -0.07], angle: -0.6 },
  },
];

const turned = (half: number, pos: readonly number[], angle: number): string =>
  capsule({ size: [radius, half], pos, axisangle: [0, 1, 0, angle] });

/** The first part with the rest of its leg hanging from it. */
function leg([part, ...rest]: readonly Part[]): string {
  const { name, pos, range, stiffness, damping, geom } = part!;
  return body({ name, pos },
    hinge(name, { axis: [0, 1, 0], range, stiffness, damping }),
    turned(geom.half, geom.pos, geom.angle),
    ...(rest.length > 0 ? [leg(rest)] : []));
}

/** The total mass is set to 14, which scales what the geometry gives. */
export const halfCheetah = (): string => model({
  name: "cheetah",
  compiler: { angle: "radian", settotalmass: 14 },
  option: { timestep: 0.01 },
  defaults: [
    element("joint", {
      armature: 0.1, damping: 0.01, limited: true, solimplimit: [0, 0.8, 0.03], solreflimit: [0.02, 1], stiffness: 8,
    }),
    element("geom", {
      contype: 1, conaffinity: 0, condim: 3, friction: [0.4, 0.1, 0.1], solimp: [0, 0.8, 0.01], solref: [0.02, 1],
    }),
  ],
  world: [
    plane({ name: "floor", condim: 3, conaffinity: 1, size: [40, 40, 40] }),
    body({ name: "torso", pos: [0, 0, 0.7] },
      planarRoot({ stiffness: 0 }),
      capsule({ fromto: [-0.5, 0, 0, 0.5, 0, 0], size: radius }),
      turned(0.15, [0.6, 0, 0.1], 0.87),
      leg(back), leg(front)),
  ],
  motors: [...back, ...front].map(({ name, gear }) => [name, gear] as const),
  control: 1,
});

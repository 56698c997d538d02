import { body, capsule, element, hinge, model, planarRoot, plane, type Attributes } from "./mjcf.ts";

// Hopper and Walker2d: the same torso, thigh and leg, once and twice, on feet of their own.

/** Lengths as the models were converted from world to body coordinates, rounding errors included. */
const torsoHalf = 0.19999999999999996;
const thigh = { drop: -0.19999999999999996, center: -0.2250000000000001, half: 0.22500000000000003 };
const legDrop = -0.7000000000000001;
/** A quarter turn about y: along x. */
const alongX = [0.7071067811865476, 0, -0.7071067811865475, 0];

interface Foot {
  readonly pos: readonly number[];
  readonly joint: readonly number[];
  readonly geom: Attributes;
}

/** Thigh, leg and foot, whose joints turn about -y. */
function leg(suffix: string, foot: Foot): string {
  const joint = (name: string, pos: readonly number[], range: readonly number[]): string =>
    hinge(`${name}${suffix}_joint`, { axis: [0, -1, 0], pos, range });
  return body({ name: `thigh${suffix}`, pos: [0, 0, thigh.drop] },
    joint("thigh", [0, 0, 0], [-150, 0]),
    capsule({ friction: 0.9, pos: [0, 0, thigh.center], size: [0.05, thigh.half] }),
    body({ name: `leg${suffix}`, pos: [0, 0, legDrop] },
      joint("leg", [0, 0, 0.25], [-150, 0]),
      capsule({ friction: 0.9, size: [0.04, 0.25] }),
      body({ name: `foot${suffix}`, pos: foot.pos },
        joint("foot", foot.joint, [-45, 45]),
        capsule({ quat: alongX, ...foot.geom }))));
}

const torso = (...legs: readonly string[]): string =>
  body({ name: "torso", pos: [0, 0, 1.25] },
    planarRoot({ pos: [0, 0, -1.25], stiffness: 0 }, { ref: 1.25 }),
    capsule({ friction: 0.9, size: [0.05, torsoHalf] }),
    ...legs);

const physics = { compiler: { angle: "degree" }, option: { integrator: "RK4", timestep: 0.002 }, control: 1 } as const;

export const hopper = (): string => model({
  name: "hopper", ...physics,
  defaults: [
    element("joint", { armature: 1, damping: 1, limited: true }),
    element("geom", {
      contype: 1, conaffinity: 1, condim: 1, margin: 0.001, solimp: [0.8, 0.8, 0.01], solref: [0.02, 1],
    }),
  ],
  world: [
    plane({ name: "floor", condim: 3, size: [20, 20, 0.125] }),
    torso(leg("", {
      pos: [0.13, 0, -0.35], joint: [-0.13, 0, 0.1],
      geom: { friction: 2, pos: [-0.065, 0, 0.1], size: [0.06, 0.195] },
    })),
  ],
  motors: [["thigh_joint", 200], ["leg_joint", 200], ["foot_joint", 200]],
});

/** `rightFootFriction` is 0.9 in the versions before v5. */
export const walker2d = ({ rightFootFriction = 1.9 }: { readonly rightFootFriction?: number } = {}): string => {
  const foot = (friction: number): Foot => ({
    pos: [0.2, 0, -0.35], joint: [-0.2, 0, 0.1], geom: { friction, pos: [-0.1, 0, 0.1], size: [0.06, 0.1] },
  });
  const joints = ["", "_left"].flatMap((side) => ["thigh", "leg", "foot"].map((name) => `${name}${side}_joint`));
  return model({
    name: "walker2d", ...physics,
    defaults: [
      element("joint", { armature: 0.01, damping: 0.1, limited: true }),
      element("geom", { contype: 1, conaffinity: 0, condim: 3, density: 1000, friction: [0.7, 0.1, 0.1] }),
    ],
    world: [
      plane({ name: "floor", condim: 3, conaffinity: 1, size: [40, 40, 40] }),
      torso(leg("", foot(rightFootFriction)), leg("_left", foot(1.9))),
    ],
    motors: joints.map((joint) => [joint, 100] as const),
  });
};

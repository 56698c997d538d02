import { body, capsule, element, free, hinge, model, plane, sphere, type Attributes } from "./mjcf.ts";

// Humanoid and HumanoidStandup: the same parts, standing upright along z or laid on the back along x.

type Vector = readonly [number, number, number];

/** Where parts sit and limbs point; what is not here is the same in both. */
interface Posture {
  readonly height: number;
  readonly head: Vector;
  readonly upperWaist: { readonly x: number; readonly z: number };
  readonly lowerWaist: Vector;
  readonly pelvis: Vector;
  readonly thighDrop: number;
  /** End of the thigh, place of the shin, end of the shin and place of the foot, for a side of +1 (right) or -1. */
  readonly thighEnd: (side: number) => Vector;
  readonly shin: (side: number) => Vector;
  readonly shinEnd: Vector;
  readonly foot: Vector;
  /** Lower limit of the left hip about y. */
  readonly leftHipLimit: number;
}

const upright: Posture = {
  height: 1.4,
  head: [0, 0, 0.19],
  upperWaist: { x: -0.01, z: -0.12 },
  lowerWaist: [-0.01, 0, -0.26],
  pelvis: [0, 0, -0.165],
  thighDrop: -0.04,
  thighEnd: (side) => [0, 0.01 * side, -0.34],
  shin: (side) => [0, 0.01 * side, -0.403],
  shinEnd: [0, 0, -0.3],
  foot: [0, 0, -0.45],
  leftHipLimit: -110,
};

const lying: Posture = {
  height: 0.105,
  head: [-0.15, 0, 0],
  upperWaist: { x: 0.11, z: 0 },
  lowerWaist: [0.21, 0, 0],
  pelvis: [0.165, 0, 0],
  thighDrop: 0,
  thighEnd: (side) => [0.34, 0.01 * side, 0],
  shin: (side) => [0.403, 0.01 * side, 0],
  shinEnd: [0.3, 0, 0],
  foot: [0.35, 0, -0.1],
  leftHipLimit: -120,
};

const tilt = [1, 0, -0.002, 0];
const origin: Vector = [0, 0, 0];
const from = (start: Vector, end: Vector): number[] => [...start, ...end];

interface Joint extends Attributes {
  readonly axis: Vector;
  readonly range: readonly [number, number];
  readonly armature: number;
}

function leg(side: 1 | -1, posture: Posture): string {
  const name = side === 1 ? "right" : "left";
  const hip = (axis: string, joint: Joint): string => hinge(`${name}_hip_${axis}`, { damping: 5, ...joint });
  const right = side === 1;
  return body({ name: `${name}_thigh`, pos: [0, -0.1 * side, posture.thighDrop] },
    hip("x", { axis: [side, 0, 0], range: [-25, 5], armature: 0.01, stiffness: 10 }),
    hip("z", { axis: [0, 0, side], range: [-60, 35], armature: 0.01, stiffness: 10 }),
    hip("y", {
      axis: [0, 1, 0], range: [right ? -110 : posture.leftHipLimit, 20], armature: right ? 0.008 : 0.01, stiffness: 20,
    }),
    capsule({ fromto: from(origin, posture.thighEnd(side)), size: 0.06 }),
    body({ name: `${name}_shin`, pos: posture.shin(side) },
      hinge(`${name}_knee`, {
        axis: [0, -1, 0], pos: [0, 0, 0.02], range: [-160, -2], armature: 0.006, stiffness: right ? undefined : 1,
      }),
      capsule({ fromto: from(origin, posture.shinEnd), size: 0.049 }),
      body({ name: `${name}_foot`, pos: posture.foot },
        sphere({ pos: [0, 0, 0.1], size: 0.075 }))));
}

function arm(side: 1 | -1): string {
  const name = side === 1 ? "right" : "left";
  const range: readonly [number, number] = side === 1 ? [-85, 60] : [-60, 85];
  const joint = (part: string, attributes: Joint): string => hinge(`${name}_${part}`, attributes);
  return body({ name: `${name}_upper_arm`, pos: [0, -0.17 * side, 0.06] },
    joint("shoulder1", { axis: [2, side, 1], range, armature: 0.0068, stiffness: 1 }),
    joint("shoulder2", { axis: [0, -side, 1], range, armature: 0.0051, stiffness: 1 }),
    capsule({ fromto: from(origin, [0.16, -0.16 * side, -0.16]), size: [0.04, 0.16] }),
    body({ name: `${name}_lower_arm`, pos: [0.18, -0.18 * side, -0.18] },
      joint("elbow", { axis: [0, -1, side], range: [-90, 50], armature: 0.0028, stiffness: 0 }),
      capsule({ fromto: from([0.01, 0.01 * side, 0.01], [0.17, 0.17 * side, 0.17]), size: 0.031 }),
      sphere({ pos: [0.18, 0.18 * side, 0.18], size: 0.04 })));
}

/** A capsule across the body, from -half to half along y. */
const across = (half: number, size: number, x = 0, z = 0): string =>
  capsule({ fromto: [x, -half, z, x, half, z], size });

function torso(posture: Posture): string {
  const { upperWaist } = posture;
  const abdomen = (axis: string, joint: Joint & { readonly stiffness: number; readonly pos: Vector }): string =>
    hinge(`abdomen_${axis}`, { damping: 5, ...joint });
  return body({ name: "torso", pos: [0, 0, posture.height] },
    element("joint", { name: "root", type: "free", ...free }),
    across(0.07, 0.07),
    sphere({ pos: posture.head, size: 0.09 }),
    across(0.06, 0.06, upperWaist.x, upperWaist.z),
    body({ name: "lwaist", pos: posture.lowerWaist, quat: tilt },
      across(0.06, 0.06),
      abdomen("z", { axis: [0, 0, 1], pos: [0, 0, 0.065], range: [-45, 45], armature: 0.02, stiffness: 20 }),
      abdomen("y", { axis: [0, 1, 0], pos: [0, 0, 0.065], range: [-75, 30], armature: 0.02, stiffness: 10 }),
      body({ name: "pelvis", pos: posture.pelvis, quat: tilt },
        abdomen("x", { axis: [1, 0, 0], pos: [0, 0, 0.1], range: [-35, 35], armature: 0.02, stiffness: 10 }),
        across(0.07, 0.09, -0.02),
        leg(1, posture), leg(-1, posture))),
    arm(1), arm(-1));
}

const tendon = (side: string): string =>
  element("fixed", { name: `${side}_hipknee` },
    element("joint", { coef: -1, joint: `${side}_hip_y` }),
    element("joint", { coef: 1, joint: `${side}_knee` }));

const sides = ["right", "left"] as const;

function humanoidModel(name: string, posture: Posture): string {
  return model({
    name,
    compiler: { angle: "degree" },
    option: { integrator: "RK4", iterations: 50, solver: "PGS", timestep: 0.003 },
    defaults: [
      element("joint", { armature: 1, damping: 1, limited: true }),
      element("geom", { contype: 1, conaffinity: 1, condim: 1, margin: 0.001 }),
    ],
    world: [plane({ name: "floor", condim: 3, friction: [1, 0.1, 0.1], size: [20, 20, 0.125] }), torso(posture)],
    tendons: [tendon("left"), tendon("right")],
    motors: [
      ["abdomen_y", 100], ["abdomen_z", 100], ["abdomen_x", 100],
      ...sides.flatMap((side) => [
        [`${side}_hip_x`, 100], [`${side}_hip_z`, 100], [`${side}_hip_y`, 300], [`${side}_knee`, 200],
      ] as const),
      ...sides.flatMap((side) => ["shoulder1", "shoulder2", "elbow"].map((joint) => [`${side}_${joint}`, 25] as const)),
    ],
    control: 0.4,
  });
}

export const humanoid = (): string => humanoidModel("humanoid", upright);
export const humanoidStandup = (): string => humanoidModel("humanoidstandup", lying);

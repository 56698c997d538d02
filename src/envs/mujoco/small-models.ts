import { body, capsule, element, free, hinge, model, plane, slide, sphere } from "./mjcf.ts";

// The tasks with few joints: pendulums on a cart, the swimmer and the reacher.

/** About a quarter turn about y, in three digits. */
const alongX = [0.707, 0, 0.707, 0];
const rail = capsule({ quat: alongX, size: [0.02, 1] });
const cartGeom = capsule({ quat: alongX, size: [0.1, 0.1] });

export const invertedPendulum = (): string => model({
  name: "inverted pendulum",
  compiler: {},
  option: { gravity: [0, 0, -9.81], integrator: "RK4", timestep: 0.02 },
  defaults: [
    element("joint", { armature: 0, damping: 1, limited: true }),
    element("geom", { contype: 0, friction: [1, 0.1, 0.1] }),
  ],
  world: [
    rail,
    body({ name: "cart", pos: [0, 0, 0] },
      slide("slider", { axis: [1, 0, 0], range: [-1, 1] }),
      cartGeom,
      body({ name: "pole", pos: [0, 0, 0] },
        hinge("hinge", { axis: [0, 1, 0], range: [-90, 90] }),
        capsule({ fromto: [0, 0, 0, 0.001, 0, 0.6], size: [0.049, 0.3] }))),
  ],
  motors: [["slider", 100]],
  control: 3,
});

export const invertedDoublePendulum = (): string => {
  const pole = (joint: string): string =>
    hinge(joint, { axis: [0, 1, 0] }) + capsule({ fromto: [0, 0, 0, 0, 0, 0.6], size: [0.045, 0.3] });
  return model({
    name: "inverted double pendulum",
    compiler: {},
    option: { gravity: [1e-5, 0, -9.81], integrator: "RK4", timestep: 0.01 },
    defaults: [element("joint", { damping: 0.05 }), element("geom", { contype: 0, friction: [1, 0.1, 0.1] })],
    world: [
      plane({ pos: [0, 0, -3], size: [40, 40, 40] }),
      rail,
      body({ name: "cart", pos: [0, 0, 0] },
        slide("slider", { axis: [1, 0, 0], limited: true, margin: 0.01, range: [-1, 1] }),
        cartGeom,
        body({ name: "pole", pos: [0, 0, 0] },
          pole("hinge"),
          body({ name: "pole2", pos: [0, 0, 0.6] },
            pole("hinge2"),
            element("site", { name: "tip", pos: [0, 0, 0.6], size: [0.01, 0.01] })))),
    ],
    motors: [["slider", 500]],
    control: 1,
  });
};

export const swimmer = (): string => {
  const link = (from: number, to: number): string =>
    capsule({ density: 1000, fromto: [from, 0, 0, to, 0, 0], size: 0.1 });
  const turning = (name: string): string => hinge(name, { axis: [0, 0, 1], limited: true, range: [-100, 100] });
  return model({
    name: "swimmer",
    compiler: { angle: "degree" },
    option: { density: 4000, integrator: "RK4", timestep: 0.01, viscosity: 0.1 },
    defaults: [element("geom", { contype: 0, conaffinity: 0, condim: 1 }), element("joint", { armature: 0.1 })],
    world: [
      plane({ name: "floor", condim: 3, pos: [0, 0, -0.1], size: [40, 40, 0.1] }),
      body({ name: "torso", pos: [0, 0, 0] },
        link(1.5, 0.5),
        slide("slider1", { axis: [1, 0, 0] }), slide("slider2", { axis: [0, 1, 0] }),
        hinge("free_body_rot", { axis: [0, 0, 1] }),
        body({ name: "mid", pos: [0.5, 0, 0] },
          link(0, -1), turning("motor1_rot"),
          body({ name: "back", pos: [-1, 0, 0] }, link(0, -1), turning("motor2_rot")))),
    ],
    motors: [["motor1_rot", 150], ["motor2_rot", 150]],
    control: 1,
  });
};

export const reacher = (): string => {
  const wall = (...fromto: readonly number[]): string => capsule({ conaffinity: 0, fromto, size: 0.02 });
  const link = capsule({ fromto: [0, 0, 0, 0.1, 0, 0], size: 0.01 });
  const goal = (name: string, axis: readonly number[], ref: number): string =>
    slide(name, { axis, range: [-0.27, 0.27], ref, stiffness: 0, ...free, limited: true });
  return model({
    name: "reacher",
    compiler: { angle: "radian" },
    option: { gravity: [0, 0, -9.81], integrator: "RK4", timestep: 0.01 },
    defaults: [
      element("joint", { armature: 1, damping: 1, limited: true }),
      element("geom", { contype: 0, friction: [1, 0.1, 0.1] }),
    ],
    world: [
      plane({ conaffinity: 0, size: [1, 1, 10] }),
      wall(-0.3, -0.3, 0.01, 0.3, -0.3, 0.01), wall(0.3, -0.3, 0.01, 0.3, 0.3, 0.01),
      wall(-0.3, 0.3, 0.01, 0.3, 0.3, 0.01), wall(-0.3, -0.3, 0.01, -0.3, 0.3, 0.01),
      element("geom", { type: "cylinder", conaffinity: 0, fromto: [0, 0, 0, 0, 0, 0.02], size: 0.011 }),
      body({ name: "body0", pos: [0, 0, 0.01] },
        link,
        hinge("joint0", { axis: [0, 0, 1], limited: false }),
        body({ name: "body1", pos: [0.1, 0, 0] },
          hinge("joint1", { axis: [0, 0, 1], range: [-3, 3] }),
          link,
          body({ name: "fingertip", pos: [0.11, 0, 0] }, sphere({ size: 0.01 })))),
      body({ name: "target", pos: [0.1, -0.1, 0.01] },
        goal("target_x", [1, 0, 0], 0.1), goal("target_y", [0, 1, 0], -0.1),
        sphere({ conaffinity: 0, size: 0.009 })),
    ],
    motors: [["joint0", 200], ["joint1", 200]],
    control: 1,
  });
};

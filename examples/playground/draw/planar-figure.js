import { prepare, stroke } from "./canvas.js";

// MuJoCo's Hopper and Walker2d, drawn from qpos = [x, z, pitch, joint angles ...]: each body is placed in its parent by
// forward kinematics in the x-z plane. The joints turn about -y, the pitch about y.

/** One leg: bodies with their place in the parent, their joint's place in the body, and the ends of their capsule. */
const leg = (foot) => [
  { place: [0, -0.2], joint: [0, 0], ends: [[0, 0], [0, -0.45]], width: 0.1 },
  { place: [0, -0.7], joint: [0, 0.25], ends: [[0, 0.25], [0, -0.25]], width: 0.08 },
  foot,
];
const figures = {
  "Hopper-v5": [leg({ place: [0.13, -0.35], joint: [-0.13, 0.1], ends: [[-0.26, 0.1], [0.13, 0.1]], width: 0.12 })],
  "Walker2d-v5": Array.from({ length: 2 }, () =>
    leg({ place: [0.2, -0.35], joint: [-0.2, 0.1], ends: [[-0.2, 0.1], [0, 0.1]], width: 0.12 })),
};

export const isPlanarFigure = (name) => Object.hasOwn(figures, name);

const turn = ([x, z], angle) => [
  x * Math.cos(angle) + z * Math.sin(angle), z * Math.cos(angle) - x * Math.sin(angle),
];
const sum = ([x, z], [u, w]) => [x + u, z + w];

/** The figure on its ground, followed from the side; marks on the ground stand a metre apart. */
export function drawPlanarFigure(canvas, name, state) {
  const { context, width, height, color } = prepare(canvas);
  const [x, z, pitch, ...joints] = state;
  const metre = Math.min(height / 2.1, width / 3);
  const ground = height - 0.28 * metre;
  const at = ([u, w]) => [width / 2 + (u - x) * metre, ground - w * metre];

  stroke(context, [[0, ground], [width, ground]], color("line-strong"), 2);
  context.textAlign = "center";
  context.fillStyle = color("quiet");
  const reach = Math.ceil(width / metre / 2);
  for (let mark = Math.round(x) - reach; mark <= x + reach; mark++) {
    const [u] = at([mark, 0]);
    stroke(context, [[u, ground], [u, ground + 6]], color("line-strong"), 2);
    context.fillText(`${mark} m`, u, ground + 22);
  }

  const capsule = (origin, angle, [from, to], thick, ink) =>
    stroke(context, [from, to].map((end) => at(sum(origin, turn(end, angle)))), ink, thick * metre);
  figures[name].forEach((bodies, side) => {
    let [origin, angle] = [[x, z], pitch];
    bodies.forEach(({ place, joint, ends, width: thick }, i) => {
      const anchor = sum(origin, turn(sum(place, joint), angle));
      angle -= joints[side * bodies.length + i];
      origin = sum(anchor, turn(joint.map((each) => -each), angle));
      capsule(origin, angle, ends, thick, color(side === 0 ? "accent" : "quiet"));
    });
  });
  capsule([x, z], pitch, [[0, 0.2], [0, -0.2]], 0.1, color("text"));
}

import { disc, prepare, stroke } from "./canvas.js";

/** CartPole's state [position, velocity, angle, angular velocity]; the track reaches from -2.4 to 2.4. */
export function drawCartPole(canvas, [position, , angle]) {
  const { context, width, height, color } = prepare(canvas);
  const metre = Math.min(width / 5.6, height / 1.9);
  const ground = height / 2 + 0.75 * metre;
  const left = width / 2 - 2.4 * metre;
  const right = width / 2 + 2.4 * metre;
  stroke(context, [[left, ground], [right, ground]], color("line-strong"), 2);
  for (const end of [left, right]) stroke(context, [[end, ground - 6], [end, ground + 6]], color("line-strong"), 2);
  context.translate(width / 2 + position * metre, ground - 0.14 * metre);
  context.fillStyle = color("text");
  context.beginPath();
  context.roundRect(-0.28 * metre, -0.12 * metre, 0.56 * metre, 0.24 * metre, 0.05 * metre);
  context.fill();
  context.rotate(angle);
  stroke(context, [[0, -0.08 * metre], [0, -1.15 * metre]], color("accent"), 0.08 * metre);
}

/** Pendulum's state [angle from upright, angular velocity], and the torque, -2 to 2, as an arc around the hinge. */
export function drawPendulum(canvas, [angle], action) {
  const { context, width, height, color } = prepare(canvas);
  const length = 0.38 * Math.min(width, height);
  context.translate(width / 2, height / 2);
  context.setLineDash([2, 8]);
  stroke(context, circle(length, 0, 2 * Math.PI), color("line-strong"), 1.5);
  context.setLineDash([]);
  const tip = [-length * Math.sin(angle), -length * Math.cos(angle)];
  stroke(context, [[0, 0], tip], color("text"), 8);
  disc(context, ...tip, 13, color("accent"));
  const torque = Math.max(-2, Math.min(2, action?.[0] ?? 0));
  if (torque !== 0) stroke(context, circle(24, -Math.PI / 2, -Math.PI / 2 - torque), color("accent"), 4);
  disc(context, 0, 0, 6, color("text"));
}

function circle(radius, from, to) {
  return Array.from({ length: 49 }, (_, i) => {
    const angle = from + ((to - from) * i) / 48;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/** Acrobot's state [angle of the first link from hanging, of the second from the first, ...]; links are 1 long. */
export function drawAcrobot(canvas, [first, second]) {
  const { context, width, height, color } = prepare(canvas);
  const metre = Math.min(width, height) / 4.6;
  context.translate(width / 2, height / 2);
  context.setLineDash([6, 6]);
  stroke(context, [[-width / 2 + 12, -metre], [width / 2 - 12, -metre]], color("good"), 2);   // the height to reach
  context.setLineDash([]);
  const joint = [metre * Math.sin(first), metre * Math.cos(first)];
  const tip = [joint[0] + metre * Math.sin(first + second), joint[1] + metre * Math.cos(first + second)];
  stroke(context, [[0, 0], joint], color("text"), 0.14 * metre);
  stroke(context, [joint, tip], color("accent"), 0.14 * metre);
  disc(context, 0, 0, 0.11 * metre, color("quiet"));
  disc(context, ...joint, 0.09 * metre, color("scene"));
}

/** MountainCar's state [position, velocity] on the hill 0.45 sin(3 x) + 0.55; the flag stands at the goal. */
export function drawMountainCar(canvas, [position], goal) {
  const { context, width, height, color } = prepare(canvas);
  const metre = Math.min((width - 24) / 1.8, (height - 24) / 1.25);
  const hill = (x) => 0.45 * Math.sin(3 * x) + 0.55;
  const at = (x, y) => [width / 2 + (x + 0.3) * metre, height / 2 + (0.6 - y) * metre];
  const track = Array.from({ length: 101 }, (_, i) => -1.2 + (1.8 * i) / 100);
  stroke(context, track.map((x) => at(x, hill(x))), color("line-strong"), 2);
  const [poleX, poleY] = at(goal, hill(goal));
  stroke(context, [[poleX, poleY], [poleX, poleY - 42]], color("quiet"), 2);
  context.fillStyle = color("good");
  context.beginPath();
  context.moveTo(poleX, poleY - 42);
  context.lineTo(poleX + 18, poleY - 36);
  context.lineTo(poleX, poleY - 29);
  context.fill();
  context.translate(...at(position, hill(position)));
  context.rotate(-Math.atan(1.35 * Math.cos(3 * position)));
  context.fillStyle = color("accent");
  context.beginPath();
  context.roundRect(-20, -22, 40, 13, 5);
  context.fill();
  for (const x of [-11, 11]) disc(context, x, -7, 6, color("text"));
}

import { drawBars } from "./bars.js";
import { prepare } from "./canvas.js";
import { drawAcrobot, drawCartPole, drawMountainCar, drawPendulum } from "./classic-control.js";
import { drawBandit, drawGridWorld, grids } from "./grid-world.js";
import { drawPlanarFigure, isPlanarFigure } from "./planar-figure.js";

const classicControl = {
  "CartPole-v1": drawCartPole,
  "Acrobot-v1": drawAcrobot,
  "Pendulum-v1": drawPendulum,
  "MountainCar-v0": (canvas, state) => drawMountainCar(canvas, state, 0.5),
  "MountainCarContinuous-v0": (canvas, state) => drawMountainCar(canvas, state, 0.45),
};

/**
 * Draws what an environment shows now. Its own `render(context, { width, height, color })` comes first; what nothing
 * else draws is shown as the numbers of its observation. `scales` is an array that the bars keep between frames.
 */
export function drawEnvironment(canvas, env, { name, observation, action, policy, scales }) {
  if (typeof env.render === "function") {
    const { context, ...rest } = prepare(canvas);
    env.render(context, rest);
  } else if (Object.hasOwn(classicControl, name)) {
    classicControl[name](canvas, env.state, action);
  } else if (Object.hasOwn(grids, name)) {
    drawGridWorld(canvas, grids[name], env.state[0], policy && choicesOf(policy, env.observationSpace.n));
  } else if (name === "Bandit-v0") {
    drawBandit(canvas, env.actionSpace.n, action);
  } else if (isPlanarFigure(name)) {
    drawPlanarFigure(canvas, name, env.state);
  } else {
    drawBars(canvas, numbersOf(observation), scales);
  }
}

/** The policy's most likely action in each state. */
function choicesOf(policy, states) {
  return policy.actBatch(Array.from({ length: states }, (_, state) => state), states);
}

function numbersOf(value) {
  if (typeof value === "number") return [value];
  return ArrayBuffer.isView(value) ? value : Object.values(value).flatMap((each) => [...numbersOf(each)]);
}

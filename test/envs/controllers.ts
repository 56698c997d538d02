/** Hand-written controllers that reach each task's goal; an observation in, an action out. */

type Controller = (observation: Float32Array) => number;

/** Pushes towards where the pole leans and moves. */
export const balance: Controller = ([x, xDot, theta, thetaDot]) =>
  theta! + 0.3 * thetaDot! + 0.03 * x! + 0.06 * xDot! > 0 ? 1 : 0;

/** Pushes the way the car already moves. */
export const rock: Controller = ([, velocity]) => (velocity! < 0 ? 0 : 2);

/** The same as a throttle. */
export const rockContinuous: Controller = ([, velocity]) => (velocity! < 0 ? -1 : 1);

/** Drives the second joint along the first link's motion, which pumps energy in. */
export const pump: Controller = ([, , , , speed1]) => (speed1! > 0 ? 0 : 2);

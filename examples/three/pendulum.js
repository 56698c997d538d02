// The game's physics: a rod that turns about its end, in steps of 1/20 s, as Pendulum-v1 has it.
export const stepSeconds = 0.05;

const [gravity, mass, length, fastest] = [10, 1, 1, 8];

/** Moves `state` { angle, spin } on under a torque, in newton metres; angle 0 is upright. */
export function step(state, torque) {
  const spinUp = (1.5 * gravity / length) * Math.sin(state.angle) + (3 / (mass * length * length)) * torque;
  state.spin = Math.max(-fastest, Math.min(fastest, state.spin + stepSeconds * spinUp));
  state.angle += stepSeconds * state.spin;
}

/** Writes what the policy sees: the rod's end, and how fast it turns. */
export function observe({ angle, spin }, observation) {
  observation[0] = Math.cos(angle);
  observation[1] = Math.sin(angle);
  observation[2] = spin;
}

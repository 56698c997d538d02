// The game's physics: a pole on a cart, in steps of 1/50 s (Barto, Sutton and Anderson 1983), as CartPole-v1 has it.
export const stepSeconds = 0.02;

const [gravity, cartMass, poleMass, halfLength] = [9.8, 1, 0.1, 0.5];
const mass = cartMass + poleMass;

/** Moves `state` [position, velocity, angle, angular velocity] on under a force on the cart, in newtons. */
export function step(state, force) {
  const [position, velocity, angle, spin] = state;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const push = (force + poleMass * halfLength * spin * spin * sin) / mass;
  const spinUp = (gravity * sin - cos * push) / (halfLength * (4 / 3 - (poleMass * cos * cos) / mass));
  const speedUp = push - (poleMass * halfLength * spinUp * cos) / mass;
  state[0] = position + stepSeconds * velocity;
  state[1] = velocity + stepSeconds * speedUp;
  state[2] = angle + stepSeconds * spin;
  state[3] = spin + stepSeconds * spinUp;
}

/** Whether the pole has fallen, or the cart has left its track. */
export const isOver = (state) => Math.abs(state[0]) > 2.4 || Math.abs(state[2]) > 0.21;

// The built-in environments behind three functions; `env` is the address of a header (layout.ts).

import { acrobotObserve, acrobotReset, acrobotStep } from "./acrobot";
import { cartPoleObserve, cartPoleReset, cartPoleStep } from "./cart-pole";
import {
  count, elapsed, kind, limit, observations, observationSize, restarts, stride, successors, terminated, truncated,
} from "./layout";
import {
  mountainCarContinuousStep, mountainCarObserve, mountainCarReset, mountainCarStep,
} from "./mountain-car";
import { pendulumObserve, pendulumReset, pendulumStep } from "./pendulum";
import { tabularObserve, tabularReset, tabularStep } from "./tabular";

// The kinds, in the order of src/envs/registry.ts.
const CART_POLE = 0;
const ACROBOT = 1;
const MOUNTAIN_CAR = 2;
const MOUNTAIN_CAR_CONTINUOUS = 3;
const PENDULUM = 4;
const TABULAR = 5;

/** Starts a new episode in one copy: its next random state, elapsed 0. Writes no observation. */
function restart(env: usize, copy: i32): void {
  store<i32>(elapsed(env) + (<usize>copy << 2), 0);
  switch (kind(env)) {
    case CART_POLE: cartPoleReset(env, copy); break;
    case ACROBOT: acrobotReset(env, copy); break;
    case MOUNTAIN_CAR: case MOUNTAIN_CAR_CONTINUOUS: mountainCarReset(env, copy); break;
    case PENDULUM: pendulumReset(env, copy); break;
    case TABULAR: tabularReset(env, copy); break;
  }
}

/** Writes the observations of the pair that starts at the even copy `copy` into the array at `base`. */
function observePair(env: usize, copy: i32, base: usize): void {
  switch (kind(env)) {
    case CART_POLE: cartPoleObserve(env, copy, base); break;
    case ACROBOT: acrobotObserve(env, copy, base); break;
    case MOUNTAIN_CAR: case MOUNTAIN_CAR_CONTINUOUS: mountainCarObserve(env, copy, base); break;
    case PENDULUM: pendulumObserve(env, copy, base); break;
    case TABULAR: tabularObserve(env, copy, base); break;
  }
}

/** Moves every copy by one step: states, rewards, terminations. */
function advance(env: usize): void {
  switch (kind(env)) {
    case CART_POLE: cartPoleStep(env); break;
    case ACROBOT: acrobotStep(env); break;
    case MOUNTAIN_CAR: mountainCarStep(env); break;
    case MOUNTAIN_CAR_CONTINUOUS: mountainCarContinuousStep(env); break;
    case PENDULUM: pendulumStep(env); break;
    case TABULAR: tabularStep(env); break;
  }
}

/** Starts a new episode in every copy. */
export function env_reset(env: usize): void {
  const lanes = stride(env);
  for (let copy = 0; copy < lanes; copy++) restart(env, copy);
  env_observe(env);
}

/** Recomputes every observation from the state. */
export function env_observe(env: usize): void {
  const copies = stride(env);
  for (let copy = 0; copy < copies; copy += 2) observePair(env, copy, observations(env));
}

/**
 * One step of every copy with the actions in memory. Where an episode ends, the copy starts the next one in the same
 * step: `successors` keeps the final observation, `observations` is the first of the new episode.
 */
export function env_step(env: usize): void {
  advance(env);
  const copies = count(env);
  const lanes = stride(env);
  const longest = limit(env);
  const restarting = restarts(env);
  for (let copy = 0; copy < lanes; copy += 2) observePair(env, copy, successors(env));
  memory.copy(observations(env), successors(env), <usize>(lanes * observationSize(env)) << 2);
  const elapsedAt = elapsed(env);
  const terminatedAt = terminated(env);
  const truncatedAt = truncated(env);
  for (let copy = 0; copy < lanes; copy++) {
    const steps = load<i32>(elapsedAt + (<usize>copy << 2)) + 1;
    store<i32>(elapsedAt + (<usize>copy << 2), steps);
    const late = longest > 0 && steps >= longest;
    store<u8>(truncatedAt + <usize>copy, u8(late));
    const ended = late || load<u8>(terminatedAt + <usize>copy) != 0;
    if (ended && (restarting || copy >= copies)) {
      restart(env, copy);
      observePair(env, copy & ~1, observations(env));
    }
  }
}

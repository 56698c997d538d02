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

/** Writes the observations of the pairs from the even copy `first` up to `end` into the array at `base`. */
function observe(env: usize, first: i32, end: i32, base: usize): void {
  switch (kind(env)) {
    case CART_POLE: cartPoleObserve(env, first, end, base); break;
    case ACROBOT: for (let copy = first; copy < end; copy += 2) acrobotObserve(env, copy, base); break;
    case MOUNTAIN_CAR: case MOUNTAIN_CAR_CONTINUOUS:
      for (let copy = first; copy < end; copy += 2) mountainCarObserve(env, copy, base);
      break;
    case PENDULUM: for (let copy = first; copy < end; copy += 2) pendulumObserve(env, copy, base); break;
    case TABULAR: for (let copy = first; copy < end; copy += 2) tabularObserve(env, copy, base); break;
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
  observe(env, 0, stride(env), observations(env));
}

/**
 * One step of every copy with the actions in memory. Where an episode ends, the copy starts the next one in the same
 * step: `successors` keeps the final observation, `observations` is the first of the new episode.
 */
export function env_step(env: usize): void {
  advance(env);
  const lanes = stride(env);
  observe(env, 0, lanes, successors(env));
  memory.copy(observations(env), successors(env), <usize>(lanes * observationSize(env)) << 2);
  const elapsedAt = elapsed(env), terminatedAt = terminated(env), truncatedAt = truncated(env);
  const longest = i32x4.splat(limit(env) > 0 ? limit(env) : i32.MAX_VALUE);
  let copy = 0;
  // Most groups of four have no episode that ends.
  for (; copy + 4 <= lanes; copy += 4) {
    const at = elapsedAt + (<usize>copy << 2);
    const steps = i32x4.add(v128.load(at), i32x4.splat(1));
    if (load<u32>(terminatedAt + <usize>copy) != 0 || v128.any_true(i32x4.ge_s(steps, longest))) {
      for (let i = copy; i < copy + 4; i++) countStep(env, i);
    } else {
      v128.store(at, steps);
      store<u32>(truncatedAt + <usize>copy, 0);
    }
  }
  for (; copy < lanes; copy++) countStep(env, copy);
}

/** Counts a step of one copy, and starts the next episode where this one ended. */
function countStep(env: usize, copy: i32): void {
  const at = elapsed(env) + (<usize>copy << 2);
  const steps = load<i32>(at) + 1;
  store<i32>(at, steps);
  const late = limit(env) > 0 && steps >= limit(env);
  store<u8>(truncated(env) + <usize>copy, u8(late));
  const ended = late || load<u8>(terminated(env) + <usize>copy) != 0;
  if (ended && (restarts(env) || copy >= count(env))) {
    restart(env, copy);
    observe(env, copy & ~1, (copy & ~1) + 2, observations(env));
  }
}

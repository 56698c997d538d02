// MountainCar-v0 and MountainCarContinuous-v0 (Moore 1990; constants and order of arithmetic as in Gymnasium 1.4).
// State [position, velocity]; the observation is the state, rounded to float32. The reference keeps the continuous
// task's state in float32: positions and velocities are computed in float64 and rounded at the end of each step.

import { cosines, sines } from "../math/trigonometry";
import { draw, uniform } from "./draws";
import { actions, clip, putRewards, putTerminations, row, state, stride } from "./layout";

const FORCE: f64 = 0.001;
const POWER: f64 = 0.0015;
const GRAVITY: f64 = 0.0025;
const LEFT_WALL: f64 = -1.2;
const RIGHT_WALL: f64 = 0.6;
const TOP_SPEED: f64 = 0.07;
const GOAL: f64 = 0.5;
const CONTINUOUS_GOAL: f64 = 0.45;

// @ts-ignore: decorator
@inline
function slope(position: v128): v128 {
  sines(f64x2.mul(f64x2.splat(3), position));
  return cosines;
}

/** The left wall takes the speed of a car that runs into it. */
// @ts-ignore: decorator
@inline
function stopped(position: v128, velocity: v128): v128 {
  const crash = v128.and(f64x2.eq(position, f64x2.splat(LEFT_WALL)), f64x2.lt(velocity, f64x2.splat(0)));
  return v128.andnot(velocity, crash);
}

/** Actions 0 left, 1 none, 2 right; reward -1 per step. */
export function mountainCarStep(env: usize): void {
  const copies = stride(env);
  for (let copy = 0; copy < copies; copy += 2) {
    const positionAt = state(env, 0) + (<usize>copy << 3);
    const velocityAt = state(env, 1) + (<usize>copy << 3);
    const position = v128.load(positionAt);
    const action = f64x2.convert_low_i32x4_s(v128.load64_zero(actions(env) + (<usize>copy << 2)));
    const push = f64x2.mul(f64x2.sub(action, f64x2.splat(1)), f64x2.splat(FORCE));
    const pull = f64x2.mul(slope(position), f64x2.splat(-GRAVITY));
    const velocity = clip(f64x2.add(v128.load(velocityAt), f64x2.add(push, pull)), -TOP_SPEED, TOP_SPEED);
    const nextPosition = clip(f64x2.add(position, velocity), LEFT_WALL, RIGHT_WALL);
    const nextVelocity = stopped(nextPosition, velocity);
    v128.store(positionAt, nextPosition);
    v128.store(velocityAt, nextVelocity);
    putRewards(env, copy, f64x2.splat(-1));
    putTerminations(env, copy,
      v128.and(f64x2.ge(nextPosition, f64x2.splat(GOAL)), f64x2.ge(nextVelocity, f64x2.splat(0))));
  }
}

/** Reward 100 at the goal, less 0.1 times the square of the action as it was given, unclipped. */
export function mountainCarContinuousStep(env: usize): void {
  const copies = stride(env);
  for (let copy = 0; copy < copies; copy += 2) {
    const positionAt = state(env, 0) + (<usize>copy << 3);
    const velocityAt = state(env, 1) + (<usize>copy << 3);
    const position = v128.load(positionAt);
    const action = f64x2.promote_low_f32x4(v128.load64_zero(actions(env) + (<usize>copy << 2)));
    const push = f64x2.mul(clip(action, -1, 1), f64x2.splat(POWER));
    const pull = f64x2.mul(f64x2.splat(GRAVITY), slope(position));
    const velocity = clip(f64x2.add(v128.load(velocityAt), f64x2.sub(push, pull)), -TOP_SPEED, TOP_SPEED);
    const nextPosition = clip(f64x2.add(position, velocity), LEFT_WALL, RIGHT_WALL);
    const nextVelocity = stopped(nextPosition, velocity);
    const arrived =
      v128.and(f64x2.ge(nextPosition, f64x2.splat(CONTINUOUS_GOAL)), f64x2.ge(nextVelocity, f64x2.splat(0)));
    v128.store(positionAt, f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(nextPosition)));
    v128.store(velocityAt, f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(nextVelocity)));
    const effort = f64x2.mul(f64x2.mul(action, action), f64x2.splat(0.1));
    putRewards(env, copy, f64x2.sub(v128.and(f64x2.splat(100), arrived), effort));
    putTerminations(env, copy, arrived);
  }
}

/** Position uniform in [-0.6, -0.4), at rest. */
export function mountainCarReset(env: usize, copy: i32): void {
  draw(env, copy);
  store<f64>(state(env, 0) + (<usize>copy << 3), uniform(0, -0.6, -0.4));
  store<f64>(state(env, 1) + (<usize>copy << 3), 0);
}

/** The observations of the pair that starts at `copy`. */
export function mountainCarObserve(env: usize, copy: i32, base: usize): void {
  const at = <usize>copy << 3;
  const position = f32x4.demote_f64x2_zero(v128.load(state(env, 0) + at));
  const velocity = f32x4.demote_f64x2_zero(v128.load(state(env, 1) + at));
  v128.store(row(env, base, copy), v128.shuffle<i32>(position, velocity, 0, 4, 1, 5));
}

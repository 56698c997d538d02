// Acrobot-v1 (Sutton 1996, the "book" equations; constants as in Gymnasium 1.4): two links of length and mass 1, one
// Runge-Kutta step of 0.2 s. State [theta1, theta2, speed1, speed2], angles wrapped to [-pi, pi], speeds clipped.
// Actions 0, 1, 2 are torques -1, 0, 1 on the joint. Reward -1 per step, 0 at the goal: -cos t1 - cos(t1 + t2) > 1.

import { cosines, sines } from "../math/trigonometry";
import { draw, uniform } from "./draws";
import { actions, clip, putRewards, putTerminations, row, state, stride } from "./layout";

const PI: f64 = 3.141592653589793;
const TWO_PI: f64 = 6.283185307179586;
const SPEED_LIMIT_1: f64 = 12.566370614359172; // 4 pi
const SPEED_LIMIT_2: f64 = 28.274333882308138; // 9 pi
const GRAVITY: f64 = 9.8;
const STEP_SECONDS: f64 = 0.2;

let acceleration1: v128 = f64x2.splat(0);
let acceleration2: v128 = f64x2.splat(0);

/**
 * The joint accelerations, left in `acceleration1` and `acceleration2`. With masses and lengths 1, centres 1/2 and
 * inertias 1: d1 = 3.5 + cos t2, d2 = 1.25 + cos t2 / 2. cos(a - pi/2) is written as sin a.
 */
function accelerate(theta1: v128, theta2: v128, speed1: v128, speed2: v128, torque: v128): void {
  const sin1 = sines(theta1);
  const cos1 = cosines;
  const sin2 = sines(theta2);
  const cos2 = cosines;
  const sin12 = f64x2.add(f64x2.mul(sin1, cos2), f64x2.mul(cos1, sin2));

  const halfCos2 = f64x2.mul(f64x2.splat(0.5), cos2);
  const halfSin2 = f64x2.mul(f64x2.splat(0.5), sin2);
  const d1 = f64x2.add(f64x2.splat(3.5), cos2);
  const d2 = f64x2.add(f64x2.splat(1.25), halfCos2);
  const phi2 = f64x2.mul(f64x2.splat(0.5 * GRAVITY), sin12);
  const coriolis = f64x2.add(
    f64x2.mul(f64x2.mul(speed2, speed2), halfSin2), f64x2.mul(f64x2.mul(speed2, speed1), sin2));
  const phi1 = f64x2.add(f64x2.sub(f64x2.mul(f64x2.splat(1.5 * GRAVITY), sin1), coriolis), phi2);

  const ratio = f64x2.div(d2, d1);
  const swing = f64x2.mul(f64x2.mul(speed1, speed1), halfSin2);
  const driven = f64x2.sub(f64x2.sub(f64x2.add(torque, f64x2.mul(ratio, phi1)), swing), phi2);
  acceleration2 = f64x2.div(driven, f64x2.sub(f64x2.splat(1.25), f64x2.mul(d2, ratio)));
  acceleration1 = f64x2.neg(f64x2.div(f64x2.add(f64x2.mul(d2, acceleration2), phi1), d1));
}

/** base + seconds * slope */
// @ts-ignore: decorator
@inline
function ahead(base: v128, seconds: f64, slope: v128): v128 {
  return f64x2.add(base, f64x2.mul(f64x2.splat(seconds), slope));
}

/** base + (k1 + 2 k2 + 2 k3 + k4) * dt / 6 */
// @ts-ignore: decorator
@inline
function combined(base: v128, k1: v128, k2: v128, k3: v128, k4: v128): v128 {
  const middle = f64x2.add(f64x2.add(k1, f64x2.mul(f64x2.splat(2), k2)), f64x2.mul(f64x2.splat(2), k3));
  return ahead(base, STEP_SECONDS / 6, f64x2.add(middle, k4));
}

/** Whole turns are taken off until the angle lies in [-pi, pi]. */
// @ts-ignore: decorator
@inline
function wrapped(angle: v128): v128 {
  const excess = f64x2.div(f64x2.sub(f64x2.abs(angle), f64x2.splat(PI)), f64x2.splat(TWO_PI));
  const turns = f64x2.mul(f64x2.pmax(f64x2.splat(0), f64x2.ceil(excess)), f64x2.splat(TWO_PI));
  const sign = v128.and(angle, f64x2.splat(-0.0));
  return f64x2.sub(angle, v128.or(turns, sign));
}

export function acrobotStep(env: usize): void {
  const copies = stride(env);
  const half: f64 = STEP_SECONDS / 2;
  for (let copy = 0; copy < copies; copy += 2) {
    const at = <usize>copy << 3;
    const theta1 = v128.load(state(env, 0) + at);
    const theta2 = v128.load(state(env, 1) + at);
    const speed1 = v128.load(state(env, 2) + at);
    const speed2 = v128.load(state(env, 3) + at);
    const action = f64x2.convert_low_i32x4_s(v128.load64_zero(actions(env) + (<usize>copy << 2)));
    const torque = f64x2.sub(action, f64x2.splat(1));

    accelerate(theta1, theta2, speed1, speed2, torque);
    const a1 = acceleration1;
    const a2 = acceleration2;
    const b1 = ahead(speed1, half, a1);
    const b2 = ahead(speed2, half, a2);
    accelerate(ahead(theta1, half, speed1), ahead(theta2, half, speed2), b1, b2, torque);
    const c1 = acceleration1;
    const c2 = acceleration2;
    const e1 = ahead(speed1, half, c1);
    const e2 = ahead(speed2, half, c2);
    accelerate(ahead(theta1, half, b1), ahead(theta2, half, b2), e1, e2, torque);
    const g1 = acceleration1;
    const g2 = acceleration2;
    const h1 = ahead(speed1, STEP_SECONDS, g1);
    const h2 = ahead(speed2, STEP_SECONDS, g2);
    accelerate(ahead(theta1, STEP_SECONDS, e1), ahead(theta2, STEP_SECONDS, e2), h1, h2, torque);

    const next1 = wrapped(combined(theta1, speed1, b1, e1, h1));
    const next2 = wrapped(combined(theta2, speed2, b2, e2, h2));
    v128.store(state(env, 0) + at, next1);
    v128.store(state(env, 1) + at, next2);
    v128.store(state(env, 2) + at, clip(combined(speed1, a1, c1, g1, acceleration1), -SPEED_LIMIT_1, SPEED_LIMIT_1));
    v128.store(state(env, 3) + at, clip(combined(speed2, a2, c2, g2, acceleration2), -SPEED_LIMIT_2, SPEED_LIMIT_2));

    sines(next1);
    const cos1 = cosines;
    sines(f64x2.add(next2, next1));
    const raised = f64x2.gt(f64x2.sub(f64x2.neg(cos1), cosines), f64x2.splat(1));
    putRewards(env, copy, v128.andnot(f64x2.splat(-1), raised));
    putTerminations(env, copy, raised);
  }
}

/** Every component uniform in [-0.1, 0.1), rounded to float32 as the reference does. */
export function acrobotReset(env: usize, copy: i32): void {
  draw(env, copy);
  for (let i = 0; i < 4; i++) store<f64>(state(env, i) + (<usize>copy << 3), f64(f32(uniform(i, -0.1, 0.1))));
}

/** The observations [cos t1, sin t1, cos t2, sin t2, speed1, speed2] of the pair that starts at `copy`. */
export function acrobotObserve(env: usize, copy: i32, base: usize): void {
  const at = <usize>copy << 3;
  const sin1 = sines(v128.load(state(env, 0) + at));
  const cos1 = cosines;
  const sin2 = sines(v128.load(state(env, 1) + at));
  const cos2 = cosines;
  const speed1 = v128.load(state(env, 2) + at);
  const speed2 = v128.load(state(env, 3) + at);
  const to = row(env, base, copy);
  store<f32>(to, f32(f64x2.extract_lane(cos1, 0)));
  store<f32>(to, f32(f64x2.extract_lane(sin1, 0)), 4);
  store<f32>(to, f32(f64x2.extract_lane(cos2, 0)), 8);
  store<f32>(to, f32(f64x2.extract_lane(sin2, 0)), 12);
  store<f32>(to, f32(f64x2.extract_lane(speed1, 0)), 16);
  store<f32>(to, f32(f64x2.extract_lane(speed2, 0)), 20);
  store<f32>(to, f32(f64x2.extract_lane(cos1, 1)), 24);
  store<f32>(to, f32(f64x2.extract_lane(sin1, 1)), 28);
  store<f32>(to, f32(f64x2.extract_lane(cos2, 1)), 32);
  store<f32>(to, f32(f64x2.extract_lane(sin2, 1)), 36);
  store<f32>(to, f32(f64x2.extract_lane(speed1, 1)), 40);
  store<f32>(to, f32(f64x2.extract_lane(speed2, 1)), 44);
}

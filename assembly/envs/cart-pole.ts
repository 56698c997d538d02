// CartPole-v1 (Barto, Sutton and Anderson 1983; constants and order of arithmetic as in Gymnasium 1.4): explicit Euler,
// positions move with the old velocities. State [x, xDot, theta, thetaDot] in m, m/s, rad, rad/s; action 0 left, 1
// right. Sine and cosine have the reference's bits: an upright pole multiplies any deviation by e^(4 t).

import { numpyCosines, numpySines, numpySinesAndCosines } from "../math/numpy-trigonometry";
import { draw, uniform } from "./draws";
import { actions, putRewards, putTerminations, row, state, stride } from "./layout";

const GRAVITY: f64 = 9.8;
const POLE_MASS: f64 = 0.1;
const TOTAL_MASS: f64 = 1.1;
const HALF_LENGTH: f64 = 0.5;
const POLE_MASS_LENGTH: f64 = 0.05;
const FORCE: f64 = 10;
const STEP_SECONDS: f64 = 0.02;
const POSITION_LIMIT: f64 = 2.4;
const ANGLE_LIMIT: f64 = 0.20943951023931953; // 12 degrees

export function cartPoleStep(env: usize): void {
  const copies = stride(env);
  let x = state(env, 0), xDot = state(env, 1), theta = state(env, 2), thetaDot = state(env, 3);
  for (let copy = 0; copy < copies; copy += 8) {
    // Where the last pairs of the eight do not exist, earlier ones stand in.
    const pairs = min(8, copies - copy) >> 1;
    const second = theta + (pairs > 1 ? 16 : 0), third = theta + (pairs > 2 ? 32 : 0);
    numpySinesAndCosines(theta, second, third, theta + (pairs > 3 ? 48 : 0));
    for (let pair = 0; pair < pairs; pair++) {
      const at = <usize>pair << 4;
      movePair(env, copy + 2 * pair, x, xDot, theta, thetaDot,
        v128.load(numpySines + at), v128.load(numpyCosines + at));
      x += 16;
      xDot += 16;
      theta += 16;
      thetaDot += 16;
    }
  }
}

/** Moves a pair, whose state is at these addresses. */
// @ts-ignore: decorator
@inline
function movePair(
  env: usize, copy: i32, xAt: usize, xDotAt: usize, thetaAt: usize, thetaDotAt: usize, sin: v128, cos: v128,
): void {
  const tau = f64x2.splat(STEP_SECONDS);
  const x = v128.load(xAt);
  const xDot = v128.load(xDotAt);
  const theta = v128.load(thetaAt);
  const thetaDot = v128.load(thetaDotAt);
  const right = i32x4.eq(v128.load64_zero(actions(env) + (<usize>copy << 2)), i32x4.splat(1));
  const force = v128.bitselect(f64x2.splat(FORCE), f64x2.splat(-FORCE), i64x2.extend_low_i32x4_s(right));

  const centrifugal = f64x2.mul(f64x2.mul(f64x2.splat(POLE_MASS_LENGTH), f64x2.mul(thetaDot, thetaDot)), sin);
  const push = f64x2.div(f64x2.add(force, centrifugal), f64x2.splat(TOTAL_MASS));
  const share = f64x2.div(f64x2.mul(f64x2.splat(POLE_MASS), f64x2.mul(cos, cos)), f64x2.splat(TOTAL_MASS));
  const thetaAcceleration = f64x2.div(
    f64x2.sub(f64x2.mul(f64x2.splat(GRAVITY), sin), f64x2.mul(cos, push)),
    f64x2.mul(f64x2.splat(HALF_LENGTH), f64x2.sub(f64x2.splat(4.0 / 3.0), share)));
  const reaction = f64x2.mul(f64x2.mul(f64x2.splat(POLE_MASS_LENGTH), thetaAcceleration), cos);
  const xAcceleration = f64x2.sub(push, f64x2.div(reaction, f64x2.splat(TOTAL_MASS)));

  const nextX = f64x2.add(x, f64x2.mul(tau, xDot));
  const nextTheta = f64x2.add(theta, f64x2.mul(tau, thetaDot));
  v128.store(xAt, nextX);
  v128.store(xDotAt, f64x2.add(xDot, f64x2.mul(tau, xAcceleration)));
  v128.store(thetaAt, nextTheta);
  v128.store(thetaDotAt, f64x2.add(thetaDot, f64x2.mul(tau, thetaAcceleration)));
  putRewards(env, copy, f64x2.splat(1));
  putTerminations(env, copy, v128.or(
    f64x2.gt(f64x2.abs(nextX), f64x2.splat(POSITION_LIMIT)),
    f64x2.gt(f64x2.abs(nextTheta), f64x2.splat(ANGLE_LIMIT))));
}

/** Every component uniform in [-0.05, 0.05). */
export function cartPoleReset(env: usize, copy: i32): void {
  draw(env, copy);
  for (let i = 0; i < 4; i++) store<f64>(state(env, i) + (<usize>copy << 3), uniform(i, -0.05, 0.05));
}

/** The observations of the pairs from copy `first` up to `end`: the state, rounded to float32. */
export function cartPoleObserve(env: usize, first: i32, end: i32, base: usize): void {
  const at = <usize>first << 3;
  let xAt = state(env, 0) + at, xDotAt = state(env, 1) + at, thetaAt = state(env, 2) + at;
  let thetaDotAt = state(env, 3) + at, to = row(env, base, first);
  for (let copy = first; copy < end; copy += 2) {
    const x = f32x4.demote_f64x2_zero(v128.load(xAt));
    const xDot = f32x4.demote_f64x2_zero(v128.load(xDotAt));
    const theta = f32x4.demote_f64x2_zero(v128.load(thetaAt));
    const thetaDot = f32x4.demote_f64x2_zero(v128.load(thetaDotAt));
    const linear = v128.shuffle<i32>(x, xDot, 0, 4, 1, 5);
    const angular = v128.shuffle<i32>(theta, thetaDot, 0, 4, 1, 5);
    v128.store(to, v128.shuffle<i64>(linear, angular, 0, 2));
    v128.store(to, v128.shuffle<i64>(linear, angular, 1, 3), 16);
    xAt += 16;
    xDotAt += 16;
    thetaAt += 16;
    thetaDotAt += 16;
    to += 32;
  }
}

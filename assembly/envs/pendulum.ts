// Pendulum-v1 (constants and order of arithmetic as in Gymnasium 1.4): state [theta, thetaDot] in rad and rad/s, theta
// 0 upright and not wrapped; torque clipped to [-2, 2]; the speed moves first, the angle follows with the new speed.
// Reward: -(angle^2 + 0.1 thetaDot^2 + 0.001 torque^2) of the state BEFORE the step, angle wrapped to [-pi, pi).

import { cosines, sines } from "../math/trigonometry";
import { draw, uniform } from "./draws";
import { actions, clip, putRewards, putTerminations, row, state, stride } from "./layout";

const PI: f64 = 3.141592653589793;
const TWO_PI: f64 = 6.283185307179586;
const TORQUE_LIMIT: f64 = 2;
const SPEED_LIMIT: f64 = 8;
const STEP_SECONDS: f64 = 0.05;

// @ts-ignore: decorator
@inline
function wrapped(theta: v128): v128 {
  const shifted = f64x2.add(theta, f64x2.splat(PI));
  const turns = f64x2.floor(f64x2.div(shifted, f64x2.splat(TWO_PI)));
  return f64x2.sub(f64x2.sub(shifted, f64x2.mul(turns, f64x2.splat(TWO_PI))), f64x2.splat(PI));
}

export function pendulumStep(env: usize): void {
  const copies = stride(env);
  for (let copy = 0; copy < copies; copy += 2) {
    const thetaAt = state(env, 0) + (<usize>copy << 3);
    const thetaDotAt = state(env, 1) + (<usize>copy << 3);
    const theta = v128.load(thetaAt);
    const thetaDot = v128.load(thetaDotAt);
    const action = f64x2.promote_low_f32x4(v128.load64_zero(actions(env) + (<usize>copy << 2)));
    const torque = clip(action, -TORQUE_LIMIT, TORQUE_LIMIT);

    const angle = wrapped(theta);
    const motion = f64x2.mul(f64x2.splat(0.1), f64x2.mul(thetaDot, thetaDot));
    const effort = f64x2.mul(f64x2.splat(0.001), f64x2.mul(torque, torque));
    putRewards(env, copy, f64x2.neg(f64x2.add(f64x2.add(f64x2.mul(angle, angle), motion), effort)));

    const acceleration = f64x2.add(f64x2.mul(f64x2.splat(15), sines(theta)), f64x2.mul(f64x2.splat(3), torque));
    const nextThetaDot =
      clip(f64x2.add(thetaDot, f64x2.mul(acceleration, f64x2.splat(STEP_SECONDS))), -SPEED_LIMIT, SPEED_LIMIT);
    v128.store(thetaDotAt, nextThetaDot);
    v128.store(thetaAt, f64x2.add(theta, f64x2.mul(nextThetaDot, f64x2.splat(STEP_SECONDS))));
    putTerminations(env, copy, i64x2.splat(0));
  }
}

/** theta uniform in [-pi, pi), thetaDot in [-1, 1). */
export function pendulumReset(env: usize, copy: i32): void {
  draw(env, copy);
  store<f64>(state(env, 0) + (<usize>copy << 3), uniform(0, -PI, PI));
  store<f64>(state(env, 1) + (<usize>copy << 3), uniform(1, -1, 1));
}

/** The observations [cos theta, sin theta, thetaDot] of the pair that starts at `copy`. */
export function pendulumObserve(env: usize, copy: i32, base: usize): void {
  const sin = sines(v128.load(state(env, 0) + (<usize>copy << 3)));
  const thetaDot = v128.load(state(env, 1) + (<usize>copy << 3));
  const to = row(env, base, copy);
  store<f32>(to, f32(f64x2.extract_lane(cosines, 0)));
  store<f32>(to, f32(f64x2.extract_lane(sin, 0)), 4);
  store<f32>(to, f32(f64x2.extract_lane(thetaDot, 0)), 8);
  store<f32>(to, f32(f64x2.extract_lane(cosines, 1)), 12);
  store<f32>(to, f32(f64x2.extract_lane(sin, 1)), 16);
  store<f32>(to, f32(f64x2.extract_lane(thetaDot, 1)), 20);
}

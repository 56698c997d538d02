// Tabular tasks: one stepper, driven by tables that src/envs/tables.ts makes. State [index]; observation the index.
//
// Table header (32-bit words): 0 states, 1 actions, 2 offsets i32[states * actions + 1], 3 probability f64[entries],
// 4 nextState i32[entries], 5 reward f64[entries], 6 ended u8[entries], 7 initial f64[states]. The entries of (s, a)
// are offsets[s * actions + a] up to the next offset; the first whose cumulative probability exceeds a uniform number
// is taken.

import { draw, uniform } from "./draws";
import { actions, rewards, row, state, stride, table, terminated } from "./layout";

export function tabularStep(env: usize): void {
  const copies = stride(env);
  const header = table(env);
  const choices = load<i32>(header, 4);
  const offsets = <usize>load<i32>(header, 8);
  const probability = <usize>load<i32>(header, 12);
  const nextState = <usize>load<i32>(header, 16);
  const reward = <usize>load<i32>(header, 20);
  const ended = <usize>load<i32>(header, 24);
  for (let copy = 0; copy < copies; copy++) {
    const stateAt = state(env, 0) + (<usize>copy << 3);
    const pair = i32(load<f64>(stateAt)) * choices + load<i32>(actions(env) + (<usize>copy << 2));
    const first = load<i32>(offsets + (<usize>pair << 2));
    const last = load<i32>(offsets + (<usize>pair << 2), 4) - 1;
    let entry = first;
    if (first < last) {
      draw(env, copy);
      entry = sampled(probability, first, last);
    }
    store<f64>(stateAt, f64(load<i32>(nextState + (<usize>entry << 2))));
    store<f64>(rewards(env) + (<usize>copy << 3), load<f64>(reward + (<usize>entry << 3)));
    store<u8>(terminated(env) + <usize>copy, load<u8>(ended + <usize>entry));
  }
}

function sampled(probability: usize, first: i32, last: i32): i32 {
  const target = uniform(0, 0, 1);
  let sum: f64 = 0;
  for (let entry = first; entry < last; entry++) {
    sum += load<f64>(probability + (<usize>entry << 3));
    if (sum > target) return entry;
  }
  return last;
}

export function tabularReset(env: usize, copy: i32): void {
  draw(env, copy);
  const header = table(env);
  const first = sampled(<usize>load<i32>(header, 28), 0, load<i32>(header) - 1);
  store<f64>(state(env, 0) + (<usize>copy << 3), f64(first));
}

/** The observations of the pair that starts at `copy`. */
export function tabularObserve(env: usize, copy: i32, base: usize): void {
  const pair = v128.load(state(env, 0) + (<usize>copy << 3));
  v128.store64_lane(row(env, base, copy), i32x4.trunc_sat_f64x2_s_zero(pair), 0);
}

// A stretch of a rollout in N copies of a built-in environment: observe, act, step, write down, without JavaScript in
// between. src/samplers/rollout-segment.ts writes the plan, 32-bit words that point at everything; the columns of the
// rollout are time-major, [T, N, ...].
import {
  actions, count, observations, observationSize, rewards, row, successors, terminated, truncated,
} from "../envs/layout";
import { env_step } from "../envs/environment";
import { machine_run } from "../machine";

// @ts-ignore: decorator
@inline
function word(plan: usize, index: usize): i32 {
  return load<i32>(plan + (index << 2));
}

/**
 * Steps `from` <= t < `to` of the rollout. Appends what a time limit cut to the list of the plan, each with its index
 * t N + n and its flat final observation f32[O].
 */
export function rollout_segment(plan: usize, from: i32, to: i32): void {
  const env: usize = word(plan, 0);
  const copies = count(env);
  const start: usize = word(plan, 1), end: usize = word(plan, 2);
  const observation: usize = word(plan, 3), action: usize = word(plan, 4), environmentAction: usize = word(plan, 5);
  const choices = word(plan, 6), firstAction = word(plan, 7);
  const actionBytes: usize = word(plan, 8) * copies, environmentActions = word(plan, 9) * copies;
  const columnObservations: usize = word(plan, 10), columnActions: usize = word(plan, 11);
  const width = choices > 0 ? choices : observationSize(env);
  const observationBytes = <usize>(width * copies) << 2;
  for (let t: usize = from; t < <usize>to; t++) {
    for (let n = 0; n < copies; n++) {
      flatten(env, row(env, observations(env), n), choices, observation + (<usize>(n * width) << 2));
    }
    memory.copy(columnObservations + t * observationBytes, observation, observationBytes);
    machine_run(start, end);
    memory.copy(columnActions + t * actionBytes, action, actionBytes);
    memory.copy(actions(env), environmentAction, <usize>environmentActions << 2);
    if (firstAction != 0) shift(actions(env), environmentActions, firstAction);
    env_step(env);
    record(plan, env, <i32>t * copies, choices, width);
  }
}

/** One observation as networks see it: floats as they are, a discrete one as `choices` of 0 and 1. */
function flatten(env: usize, raw: usize, choices: i32, to: usize): void {
  if (choices == 0) {
    memory.copy(to, raw, <usize>observationSize(env) << 2);
    return;
  }
  memory.fill(to, 0, <usize>choices << 2);
  store<f32>(to + (<usize>load<i32>(raw) << 2), 1);
}

function shift(values: usize, length: i32, by: i32): void {
  for (let i: usize = 0; i < <usize>length; i++) store<i32>(values + (i << 2), load<i32>(values + (i << 2)) + by);
}

/** Rewards f64, and 0 or 1 for what ended and what was cut, of the step that begins at index `at` of the columns. */
function record(plan: usize, env: usize, at: i32, choices: i32, width: i32): void {
  const columnRewards: usize = word(plan, 12), columnTerminated: usize = word(plan, 13);
  const columnTruncated: usize = word(plan, 14), truncationTerminates = word(plan, 15) != 0;
  for (let n: usize = 0; n < <usize>count(env); n++) {
    const index = <usize>at + n;
    const ended = load<u8>(terminated(env) + n) == 1;
    const cut = !ended && load<u8>(truncated(env) + n) == 1;
    store<f64>(columnRewards + (index << 3), load<f64>(rewards(env) + (n << 3)));
    store<u8>(columnTerminated + index, u8(ended || (cut && truncationTerminates)));
    store<u8>(columnTruncated + index, u8(cut));
    if (!cut) continue;
    const cuts = word(plan, 16);
    store<i32>(word(plan, 17) + (cuts << 2), <i32>index);
    flatten(env, row(env, successors(env), <i32>n), choices, word(plan, 18) + (cuts * width << 2));
    store<i32>(plan + (16 << 2), cuts + 1);
  }
}

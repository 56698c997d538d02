// Draws transitions from replay rings, one ring a copy of the environment, each `capacity` slots long: ring n has its
// slots from n * capacity on. `heads` i32[copies] is where each ring writes next (a slot that holds an observation and
// no action yet), `filled` i32[copies] how many slots behind it have been written. `flags` u8 tells of each slot:
// bit 0, it is a transition (else the final observation of an episode that was cut); bit 1, it terminated; bit 2, its
// episode ended there. What a transition led to is always the slot after it.
//
// Drawing: word w of the draw picks slot floor(w * total / 2^32) of all filled ones, ring by ring, newest first; a slot
// that is no transition is drawn again. Words: block b = (b, 0, draw, stream) of Philox, in order.
import { philox } from "../random/philox";

const TRANSITION: u8 = 1;
const TERMINATED: u8 = 2;
const ENDED: u8 = 4;

/**
 * `count` transitions, uniform with replacement. Writes i32[count] `rows` (where each begins) and `nextRows` (what it
 * led to after up to `steps` steps), f32[count] `returns` (the discounted sum of their rewards) and `continuations`
 * (discount^steps, 0 where terminated). Sums run in f64, first reward first. At least one transition has to be there.
 */
export function replay_sample(
  state: usize, count: i32, copies: i32, capacity: i32, heads: usize, filled: usize, flags: usize, rewards: usize,
  steps: i32, discount: f64, rows: usize, nextRows: usize, returns: usize, continuations: usize,
): void {
  let total: u64 = 0;
  for (let n = 0; n < copies; n++) total += load<u32>(filled + (<usize>n << 2));
  const key0 = load<u32>(state), key1 = load<u32>(state, 4), draw = load<u32>(state, 8), stream = load<u32>(state, 12);
  let block: u32 = 0, drawn = 0;
  while (drawn < count) {
    const words = philox(block++, 0, draw, stream, key0, key1);
    for (let lane = 0; lane < 4 && drawn < count; lane++) {
      const slot = slot_of(word_of(words, lane), total, capacity, heads, filled);
      if ((load<u8>(flags + slot) & TRANSITION) == 0) continue;
      look_ahead(slot, capacity, flags, rewards, steps, discount, drawn, rows, nextRows, returns, continuations);
      drawn++;
    }
  }
}

// @ts-ignore: decorator
@inline
function word_of(words: v128, lane: i32): u64 {
  if (lane == 0) return i32x4.extract_lane(words, 0) as u32;
  if (lane == 1) return i32x4.extract_lane(words, 1) as u32;
  if (lane == 2) return i32x4.extract_lane(words, 2) as u32;
  return i32x4.extract_lane(words, 3) as u32;
}

function slot_of(word: u64, total: u64, capacity: i32, heads: usize, filled: usize): i32 {
  let place = <i32>((word * total) >> 32);
  let n: usize = 0;
  while (place >= load<i32>(filled + (n << 2))) place -= load<i32>(filled + (n++ << 2));
  let position = load<i32>(heads + (n << 2)) - 1 - place;
  if (position < 0) position += capacity;
  return <i32>n * capacity + position;
}

function look_ahead(
  first: i32, capacity: i32, flags: usize, rewards: usize, steps: i32, discount: f64, at: usize,
  rows: usize, nextRows: usize, returns: usize, continuations: usize,
): void {
  const end = (first / capacity + 1) * capacity;
  let slot = first, sum: f64 = 0, factor: f64 = 1;
  let flag: u8 = 0;
  for (let step = 0; step < steps; step++) {
    flag = load<u8>(flags + slot);
    if ((flag & TRANSITION) == 0) break;
    sum += factor * load<f32>(rewards + (<usize>slot << 2));
    factor *= discount;
    slot = slot + 1 == end ? end - capacity : slot + 1;
    if (flag & ENDED) break;
  }
  store<i32>(rows + (at << 2), first);
  store<i32>(nextRows + (at << 2), slot);
  store<f32>(returns + (at << 2), <f32>sum);
  store<f32>(continuations + (at << 2), (flag & TERMINATED) != 0 ? 0 : <f32>factor);
}

// Random numbers of environments: copy i has a stream of its own (salt i, draw counter of its own), so what a copy
// experiences does not depend on how many others there are. One draw per reset, one per step of a random transition.

import { philox, uniform53 } from "../random/philox";
import { generators } from "./layout";

/** The named stream of environments (src/random/streams.ts). */
const ENVIRONMENT_STREAM: u32 = 0;

let words: v128 = i32x4.splat(0);
let moreWords: v128 = i32x4.splat(0);

/** Starts a new draw for copy `copy`: up to four uniforms, read with `uniform(0)` to `uniform(3)`. */
export function draw(env: usize, copy: i32): void {
  const generator = generators(env) + (<usize>copy << 4);
  const key0 = load<u32>(generator);
  const key1 = load<u32>(generator, 4);
  const counter = load<u32>(generator, 8);
  const salt = load<u32>(generator, 12);
  store<u32>(generator, counter + 1, 8);
  words = philox(0, salt, counter, ENVIRONMENT_STREAM, key0, key1);
  moreWords = philox(1, salt, counter, ENVIRONMENT_STREAM, key0, key1);
}

/** Number `index` (0 to 3) of the draw, in [low, high), with 53 random bits: words 2 index and 2 index + 1. */
export function uniform(index: i32, low: f64, high: f64): f64 {
  const source = index < 2 ? words : moreWords;
  const value = (index & 1) == 0
    ? uniform53(i32x4.extract_lane(source, 0), i32x4.extract_lane(source, 1))
    : uniform53(i32x4.extract_lane(source, 2), i32x4.extract_lane(source, 3));
  return low + (high - low) * value;
}

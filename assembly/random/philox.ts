// Philox 4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as
// easy as 1, 2, 3". A block is a pure function of a 128-bit counter and a 64-bit key, so any element of any draw can be
// computed alone, in any order, on any device. The TypeScript reference is src/random/philox.ts.
//
// Block b of a draw is philox(counter = (b, salt, draw, stream), key = (key0, key1)); element i of the draw is word
// i % 4 of block floor(i / 4).

const MULTIPLIER_0: u64 = 0xd2511f53;
const MULTIPLIER_1: u64 = 0xcd9e8d57;
const KEY_STEP_0: u32 = 0x9e3779b9;
const KEY_STEP_1: u32 = 0xbb67ae85;
const ROUNDS: i32 = 10;

/** One block: its four 32-bit words, in order, as the lanes of an i32x4. */
export function philox(c0: u32, c1: u32, c2: u32, c3: u32, key0: u32, key1: u32): v128 {
  for (let round = 0; round < ROUNDS; round++) {
    const product0 = MULTIPLIER_0 * u64(c0);
    const product1 = MULTIPLIER_1 * u64(c2);
    c0 = u32(product1 >> 32) ^ c1 ^ key0;
    c1 = u32(product1);
    c2 = u32(product0 >> 32) ^ c3 ^ key1;
    c3 = u32(product0);
    key0 += KEY_STEP_0;
    key1 += KEY_STEP_1;
  }
  return i32x4.replace_lane(i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(c0), 1, c1), 2, c2), 3, c3);
}

/** A float64 in [0, 1) with 53 random bits: the high 27 bits of `high` above the high 26 bits of `low`. */
// @ts-ignore: decorator
@inline
export function uniform53(high: u32, low: u32): f64 {
  return (f64(high >> 5) * 67108864.0 + f64(low >> 6)) * 1.1102230246251565e-16;
}

/** A float64 in [0, 1) with 32 random bits, from one word; exact. */
// @ts-ignore: decorator
@inline
export function uniform32(word: u32): f64 {
  return f64(word) * 2.3283064365386963e-10;
}

/** A float32 in [0, 1) with 24 random bits, from the high bits of one word; exact. */
// @ts-ignore: decorator
@inline
export function uniform24(word: u32): f32 {
  return f32(word >> 8) * <f32>5.9604644775390625e-8;
}

/** Writes the four words of one block to `out` (i32[4]). */
export function philox_block(c0: u32, c1: u32, c2: u32, c3: u32, key0: u32, key1: u32, out: usize): void {
  v128.store(out, philox(c0, c1, c2, c3, key0, key1));
}

/** Writes the first `count` words of a draw to `out` (i32[count]). */
export function philox_fill(key0: u32, key1: u32, draw: u32, stream: u32, salt: u32, count: i32, out: usize): void {
  const whole = count >> 2;
  for (let block = 0; block < whole; block++) {
    v128.store(out + (<usize>block << 4), philox(block, salt, draw, stream, key0, key1));
  }
  const rest = count & 3;
  if (rest == 0) return;
  const words = philox(whole, salt, draw, stream, key0, key1);
  const tail = out + (<usize>whole << 4);
  store<u32>(tail, i32x4.extract_lane(words, 0));
  if (rest > 1) store<u32>(tail, i32x4.extract_lane(words, 1), 4);
  if (rest > 2) store<u32>(tail, i32x4.extract_lane(words, 2), 8);
}

/** Words of 32 bits that make a counter (4) or a key (2); any integers, only their low 32 bits count. */
export type Words = ArrayLike<number>;

/**
 * One block of Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): four 32-bit words,
 * as a function of a 128-bit counter and a 64-bit key. The reference for assembly/random/philox.ts and the shader twin.
 */
export function philoxBlock(counter: Words, key: Words, out: Int32Array = new Int32Array(4), at = 0): Int32Array {
  let c0 = counter[0]! | 0;
  let c1 = counter[1]! | 0;
  let c2 = counter[2]! | 0;
  let c3 = counter[3]! | 0;
  let key0 = key[0]! | 0;
  let key1 = key[1]! | 0;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ key0;
    c1 = low1;
    c2 = high0 ^ c3 ^ key1;
    c3 = low0;
    key0 = (key0 + 0x9e3779b9) | 0;
    key1 = (key1 + 0xbb67ae85) | 0;
  }
  out[at] = c0;
  out[at + 1] = c1;
  out[at + 2] = c2;
  out[at + 3] = c3;
  return out;
}

/**
 * The first `count` words of a draw. `state` is a stream's i32[4] = [key0, key1, draw, stream] (see streams.ts); `salt`
 * keeps draws of one program apart. Element i is word i % 4 of block floor(i / 4).
 */
export function philoxFill(state: Words, salt: number, count: number): Int32Array {
  const blocks = Math.ceil(count / 4);
  const words = new Int32Array(4 * blocks);
  for (let block = 0; block < blocks; block++) {
    philoxBlock([block, salt, state[2]!, state[3]!], [state[0]!, state[1]!], words, 4 * block);
  }
  return words.subarray(0, count);
}

/** A float64 in [0, 1) with 53 random bits from two words; as `uniform53` in assembly/random/philox.ts. */
export function uniform53(high: number, low: number): number {
  return ((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992;
}

/** The high 32 bits of the product of two unsigned 32-bit numbers, as a signed word. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + Math.floor((aLow * bLow) / 65536);
  const other = aLow * bHigh + (middle % 65536);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(other / 65536)) | 0;
}

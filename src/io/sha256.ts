/**
 * SHA-256 (FIPS 180-4), our own and synchronous: `crypto.subtle` is absent on insecure pages and always asynchronous.
 */

/** The fractional parts of the cube roots of the first 64 primes (FIPS 180-4, section 4.2.2). */
const ROUND_CONSTANTS = fractionalRoots(64, 3);
/** The fractional parts of the square roots of the first 8 primes (FIPS 180-4, section 5.3.3). */
const INITIAL_STATE = fractionalRoots(8, 2);

/** A hash in the making: feed it bytes in any portions, then ask for the digest once. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** The digest as 64 lowercase hexadecimal digits. Nothing can be added afterwards. */
  hex(): string;
}

/** The SHA-256 of `bytes` as 64 lowercase hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  const hash = createSha256();
  hash.update(bytes);
  return hash.hex();
}

/** Starts a hash over bytes that come in portions; the portions' borders do not matter. */
export function createSha256(): Sha256 {
  const state = Int32Array.from(INITIAL_STATE);
  const schedule = new Int32Array(64);
  const block = new Uint8Array(64);
  const blockView = new DataView(block.buffer);
  let filled = 0;
  let total = 0;

  function update(bytes: Uint8Array): void {
    total += bytes.length;
    let at = 0;
    if (filled > 0) {
      at = Math.min(64 - filled, bytes.length);
      block.set(bytes.subarray(0, at), filled);
      filled += at;
      if (filled < 64) return;
      compress(state, schedule, blockView, 0);
      filled = 0;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (; at + 64 <= bytes.length; at += 64) compress(state, schedule, view, at);
    block.set(bytes.subarray(at));
    filled = bytes.length - at;
  }

  function hex(): string {
    const bits = total * 8;
    const tail = new Uint8Array((filled < 56 ? 64 : 128) - filled);
    tail[0] = 0x80;
    const view = new DataView(tail.buffer);
    view.setUint32(tail.length - 8, Math.floor(bits / 4294967296));
    view.setUint32(tail.length - 4, bits % 4294967296);
    update(tail);
    return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  return { update, hex };
}

/** Folds the 64 bytes of `view` from `offset` on into the state (FIPS 180-4, section 6.2.2). */
function compress(state: Int32Array, schedule: Int32Array, view: DataView, offset: number): void {
  for (let t = 0; t < 16; t++) schedule[t] = view.getInt32(offset + 4 * t);
  for (let t = 16; t < 64; t++) {
    const near = schedule[t - 2]!;
    const far = schedule[t - 15]!;
    const smallSigma1 = rotate(near, 17) ^ rotate(near, 19) ^ (near >>> 10);
    const smallSigma0 = rotate(far, 7) ^ rotate(far, 18) ^ (far >>> 3);
    schedule[t] = (smallSigma1 + schedule[t - 7]! + smallSigma0 + schedule[t - 16]!) | 0;
  }
  let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!;
  let e = state[4]!, f = state[5]!, g = state[6]!, h = state[7]!;
  for (let t = 0; t < 64; t++) {
    const bigSigma1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + bigSigma1 + choice + ROUND_CONSTANTS[t]! + schedule[t]!) | 0;
    const bigSigma0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = (bigSigma0 + majority) | 0;
    h = g; g = f; f = e; e = (d + first) | 0;
    d = c; c = b; b = a; a = (first + second) | 0;
  }
  state[0] = state[0]! + a; state[1] = state[1]! + b; state[2] = state[2]! + c; state[3] = state[3]! + d;
  state[4] = state[4]! + e; state[5] = state[5]! + f; state[6] = state[6]! + g; state[7] = state[7]! + h;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/**
 * The first 32 fractional bits of the square (degree 2) or cube (degree 3) roots of the first `count` primes, by
 * integer bisection: the largest integer r with r^degree <= prime * 2^(32 degree), of which the low 32 bits are kept.
 * Exact, so that there is no table to mistype.
 */
function fractionalRoots(count: number, degree: 2 | 3): Int32Array {
  const roots = new Int32Array(count);
  for (let found = 0, candidate = 2; found < count; candidate++) {
    if (!isPrime(candidate)) continue;
    const target = BigInt(candidate) << BigInt(32 * degree);
    let low = 0n;
    let high = BigInt(candidate) << 32n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      const power = degree === 2 ? middle * middle : middle * middle * middle;
      if (power <= target) low = middle;
      else high = middle;
    }
    roots[found++] = Number(low & 0xffffffffn) | 0;
  }
  return roots;
}

function isPrime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false;
  return true;
}

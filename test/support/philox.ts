// Philox 4x32-10 written from its definition (Salmon, Moraes, Dror and Shaw 2011, section 3.3), products in BigInt:
// slow and plain.

type Words4 = readonly [number, number, number, number];

/** One block of four i32 words for a counter and a key. */
export function philox(counter: Words4, key: readonly [number, number]): [number, number, number, number] {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const first = BigInt(c0 >>> 0) * 0xd2511f53n;
    const second = BigInt(c2 >>> 0) * 0xcd9e8d57n;
    [c0, c1, c2, c3] = [high(second) ^ c1 ^ k0, low(second), high(first) ^ c3 ^ k1, low(first)];
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  return [c0 | 0, c1 | 0, c2 | 0, c3 | 0];
}

const high = (product: bigint): number => Number(BigInt.asIntN(32, product >> 32n));
const low = (product: bigint): number => Number(BigInt.asIntN(32, product));

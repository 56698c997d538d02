import { BregmanError } from "../error.ts";
import { philoxBlock, uniform53 } from "./philox.ts";

/** The named streams: what draws from one never shifts what another yields. */
export const streams = {
  environment: 0,
  policy: 1,
  shuffle: 2,
  initialization: 3,
  evaluation: 4,
  exploration: 5,
  update: 6,
} as const;

/** The salt of the draws that become actions. */
export const actionSalt = 1;

export type StreamName = keyof typeof streams;

/** Throws `invalid-option` unless `seed` is an integer from 0 to 2^53 - 1. */
export function checkSeed(seed: unknown): asserts seed is number {
  if (!Number.isSafeInteger(seed) || (seed as number) < 0) {
    throw new BregmanError("invalid-option", `seed: expected an integer from 0 to 2^53 - 1, got ${String(seed)}`);
  }
}

/** The key of a seed: its low and its high 32 bits, as signed words. */
export function seedKey(seed: number): [number, number] {
  checkSeed(seed);
  return [seed | 0, Math.floor(seed / 4294967296) | 0];
}

/** The state of a named stream before its first draw: i32[4] = [key0, key1, draw, stream]. */
export function streamState(seed: number, stream: StreamName): Int32Array<ArrayBuffer> {
  return Int32Array.of(...seedKey(seed), 0, streams[stream]);
}

/** A seed for copy `copy` of something seeded with `seed`: an integer from 0 to 2^31 - 1, fit for any generator. */
export function derivedSeed(seed: number, copy: number, generation = 0): number {
  return philoxBlock([0, copy, generation, streams.environment], seedKey(seed))[0]! >>> 1;
}

/** A sequence of random numbers for JavaScript code off the hot path. */
export interface RandomSource {
  /** A float64 in [0, 1) with 53 random bits. */
  uniform(): number;
  /** An integer from 0 to n - 1. */
  integer(n: number): number;
}

/** The numbers of a named stream, one after the other; `salt` tells sources of one stream apart. */
export function randomSource(seed: number, stream: StreamName, salt = 0): RandomSource {
  const key = seedKey(seed);
  let draw = 0;
  const uniform = () => {
    const words = philoxBlock([0, salt, draw++, streams[stream]], key);
    return uniform53(words[0]!, words[1]!);
  };
  return { uniform, integer: (n) => Math.floor(uniform() * n) };
}

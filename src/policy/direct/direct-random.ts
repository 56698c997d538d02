import { actionSalt, streamState } from "../../random/streams.ts";
import type { ActingKernels } from "./acting-memory.ts";

/** The policy's own stream of random words, as `randomBits` of the tensor layer draws them. */
export class DirectRandom {
  readonly #kernels: ActingKernels;
  readonly #state: Int32Array;

  constructor(kernels: ActingKernels, seed: number) {
    this.#kernels = kernels;
    this.#state = streamState(seed, "evaluation");
  }

  /** Writes elements `first` to `first + count` of the current draw and returns the address of the first. */
  words(first: number, count: number, out: Float32Array): number {
    const [key0, key1, draw, stream] = this.#state as unknown as [number, number, number, number];
    this.#kernels.random_words(key0, key1, draw, stream, actionSalt, first, count, out.byteOffset);
    return out.byteOffset + 4 * (first % 4);
  }

  /** Goes on to the next draw: each call of `act` or `actBatch` that samples has one. */
  advance(): void {
    this.#state[2]!++;
  }
}

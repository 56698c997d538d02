const windowLength = 100;

/** Returns and lengths of the latest finished episodes, undiscounted and unnormalized. */
export class EpisodeRecorder {
  finished = 0;
  readonly #returns: Float64Array;
  readonly #lengths: Float64Array;
  #recent: { episodeReturn: number; length: number }[] = [];

  constructor(copies: number) {
    this.#returns = new Float64Array(copies);
    this.#lengths = new Float64Array(copies);
  }

  record(copy: number, reward: number, ended: boolean): void {
    this.#returns[copy]! += reward;
    this.#lengths[copy]! += 1;
    if (!ended) return;
    this.finished++;
    this.#recent.push({ episodeReturn: this.#returns[copy]!, length: this.#lengths[copy]! });
    if (this.#recent.length > windowLength) this.#recent.shift();
    this.#returns[copy] = 0;
    this.#lengths[copy] = 0;
  }

  /** Mean over the last 100 episodes; null before the first ends. */
  get meanReturn(): number | null {
    return meanOf(this.#recent.map(({ episodeReturn }) => episodeReturn));
  }

  get meanLength(): number | null {
    return meanOf(this.#recent.map(({ length }) => length));
  }

  save(): Float64Array<ArrayBuffer> {
    const recent = this.#recent.flatMap(({ episodeReturn, length }) => [episodeReturn, length]);
    return Float64Array.from([this.finished, ...this.#returns, ...this.#lengths, ...recent]);
  }

  restore(saved: ArrayLike<number>): void {
    const copies = this.#returns.length;
    this.finished = saved[0]!;
    for (let i = 0; i < copies; i++) {
      this.#returns[i] = saved[1 + i]!;
      this.#lengths[i] = saved[1 + copies + i]!;
    }
    this.#recent = [];
    for (let i = 1 + 2 * copies; i < saved.length; i += 2) {
      this.#recent.push({ episodeReturn: saved[i]!, length: saved[i + 1]! });
    }
  }

  /** Running episodes begin anew: the environments could not be restored. */
  forgetRunning(): void {
    this.#returns.fill(0);
    this.#lengths.fill(0);
  }
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

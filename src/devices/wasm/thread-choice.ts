/** Runs from trial to trial. */
const period = 512;
/** Runs of each kind in a trial; the best one counts, which a busy machine disturbs least. */
const repeats = 3;
/** Runs before the first trial: engines compile a program while it runs. */
const warmUp = 10;

/**
 * Whether threads pay for a program: now and then a few runs with and without them are timed, and the faster way is
 * kept. The bits are the same either way.
 */
export class ThreadChoice {
  #together = true;
  /** Runs until a trial begins; below 0 one is under way. */
  #left = warmUp;
  #best = { alone: Infinity, together: Infinity };

  /** Whether the run that begins now should be shared. */
  get together(): boolean {
    return this.#left >= 0 ? this.#together : this.#left % 2 === 0;
  }

  /** Takes note of a run that ended. */
  ran(milliseconds: number): void {
    if (this.#left < 0) {
      const way = this.together ? "together" : "alone";
      this.#best[way] = Math.min(this.#best[way], milliseconds);
    }
    if (--this.#left >= -2 * repeats) return;
    this.#together = this.#best.together < this.#best.alone;
    this.#best = { alone: Infinity, together: Infinity };
    this.#left = period;
  }
}

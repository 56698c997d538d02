/** Runs from trial to trial: few at first, while engines still compile a program, then twice as many each time. */
const [firstPeriod, longestPeriod] = [32, 1024];
/** Runs of each kind in a trial. Their sums count: on a busy machine waiting decides, not the best case. */
const repeats = 6;
/** Threads have to save so much: what they save is noise otherwise, and they keep a core from others. */
const leastGain = 0.05;

/**
 * Whether threads pay for a program: now and then a few runs with and without them are timed, in turns, and the faster
 * way is kept. The bits are the same either way.
 */
export class ThreadChoice {
  #together = true;
  /** Runs until a trial begins; below 0 one is under way. */
  #left = firstPeriod;
  #period = firstPeriod;
  #spent = { alone: 0, together: 0 };

  /** Whether the run that begins now should be shared. */
  get together(): boolean {
    return this.#left > 0 ? this.#together : this.#left % 2 === 0;
  }

  /** Takes note of a run that ended. */
  ran(milliseconds: number): void {
    if (this.#left <= 0) this.#spent[this.together ? "together" : "alone"] += milliseconds;
    if (--this.#left > -2 * repeats) return;
    this.#together = this.#spent.together < (1 - leastGain) * this.#spent.alone;
    this.#spent = { alone: 0, together: 0 };
    this.#period = Math.min(2 * this.#period, longestPeriod);
    this.#left = this.#period;
  }
}

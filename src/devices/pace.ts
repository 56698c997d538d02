/**
 * Work that pauses after each piece, to wait for a promise or not, and is then told how many milliseconds that took.
 */
export type Work<Result = void> = Generator<Promise<void> | undefined, Result, number | undefined>;

/** Milliseconds that a piece of work should take. */
const aim = 0.5;
const most = 1 << 16;

/**
 * How much work makes a piece between two chances to pause: so many units at first, then learned from how long pieces
 * took, where somebody measures. Clocks of pages are coarse: after a piece that seems to take no time it only doubles.
 */
export class Pace {
  /** Units of work in the next piece. */
  units: number;
  /** Whether a unit by itself takes longer than a piece should. */
  isSlow = false;

  constructor(units: number) {
    this.units = units;
  }

  /** Is told how long `units` of work took; nothing where nobody measured. */
  took(units: number, milliseconds: number | undefined): void {
    if (milliseconds === undefined) return;
    this.isSlow = milliseconds > 2 * aim * units;
    if (milliseconds > aim) this.units = Math.max(1, Math.floor((units * aim) / milliseconds));
    else if (milliseconds < aim / 2) this.units = Math.min(most, 2 * units);
  }
}

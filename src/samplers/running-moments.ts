import { Pace, type Work } from "../devices/pace.ts";

/**
 * Running mean and population variance per column, in float64, merged batch by batch (Chan, Golub and LeVeque 1979).
 * Begins as one observation's worth of mean 0 and variance 1 with weight 1e-4, as the MDPO authors' code does.
 */
export class RunningMoments {
  readonly mean: Float64Array<ArrayBuffer>;
  readonly variance: Float64Array<ArrayBuffer>;
  count = 1e-4;
  /** Of columns. */
  readonly #pace = new Pace(1);

  constructor(width: number) {
    this.mean = new Float64Array(width);
    this.variance = new Float64Array(width).fill(1);
  }

  /** Adds `rows` rows of `values` [rows, width]. */
  add(values: ArrayLike<number>, rows: number): void {
    for (let column = 0; column < this.mean.length; column++) this.#addColumn(values, rows, column);
    this.count += rows;
  }

  /** `add` with pauses. */
  *addSliced(values: ArrayLike<number>, rows: number): Work {
    for (let column = 0; column < this.mean.length;) {
      const to = Math.min(this.mean.length, column + this.#pace.units);
      const columns = to - column;
      while (column < to) this.#addColumn(values, rows, column++);
      this.#pace.took(columns, yield undefined);
    }
    this.count += rows;
  }

  #addColumn(values: ArrayLike<number>, rows: number, column: number): void {
    const width = this.mean.length;
    const total = this.count + rows;
    let sum = 0;
    for (let i = column; i < rows * width; i += width) sum += values[i]!;
    const mean = sum / rows;
    let squares = 0;
    for (let i = column; i < rows * width; i += width) {
      const centred = values[i]! - mean;
      squares += centred * centred;
    }
    const delta = mean - this.mean[column]!;
    const spread = this.variance[column]! * this.count + squares + (delta * delta * this.count * rows) / total;
    this.mean[column] = this.mean[column]! + (delta * rows) / total;
    this.variance[column] = spread / total;
  }

  /** 1 / sqrt(variance + 1e-8). */
  scale(column: number): number {
    return 1 / Math.sqrt(this.variance[column]! + 1e-8);
  }

  /** Everything, as numbers: count, means, variances. */
  save(): Float64Array<ArrayBuffer> {
    return Float64Array.from([this.count, ...this.mean, ...this.variance]);
  }

  restore(saved: ArrayLike<number>): void {
    const width = this.mean.length;
    this.count = saved[0]!;
    for (let i = 0; i < width; i++) {
      this.mean[i] = saved[1 + i]!;
      this.variance[i] = saved[1 + width + i]!;
    }
  }
}

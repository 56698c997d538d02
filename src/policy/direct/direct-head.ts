import type { DirectNetwork } from "./direct-network.ts";
import type { DirectRandom } from "./direct-random.ts";

/** One row to act on. */
export interface HeadRow {
  readonly network: DirectNetwork;
  /** All rows of actions and of the mask. */
  readonly action: Float32Array | Int32Array;
  readonly mask: Int32Array | undefined;
  /** Which row, of how many: a draw covers all of them. */
  row: number;
  readonly rows: number;
  /** Where a sample is wanted instead of the most likely action. */
  readonly random: DirectRandom | undefined;
}

/** Turns the outputs of a network into the actions of a row. */
export interface DirectHead {
  act(row: HeadRow): void;
}

import type { Tensor } from "../tensor/index.ts";

/** One step of an optimizer, traced: everything is a flat vector [P], scalars are [1]. */
export interface OptimizerStep {
  readonly parameters: Tensor;
  /** Gradient of what is MINIMIZED. */
  readonly gradient: Tensor;
  readonly learningRate: Tensor;
  /** The tensors named in `stateSizes`. */
  readonly state: Readonly<Record<string, Tensor>>;
}

/** A first-order optimizer as a pure function of its state, so that it is part of the update program. */
export interface Optimizer {
  readonly kind: string;
  /** State vectors and their sizes for P parameters; all begin at `initial` (0 unless said). */
  readonly stateSizes: (parameterCount: number) =>
    Readonly<Record<string, { readonly size: number; readonly initial?: number }>>;
  readonly step: (step: OptimizerStep) => {
    readonly parameters: Tensor;
    readonly state: Readonly<Record<string, Tensor>>;
  };
}

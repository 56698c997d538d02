import type { Environment, ResetOptions, ResetResult, StepResult } from "./environment.ts";

/** Where an observation is written instead of a fresh array (box observations). */
export interface OutOption {
  out?: Float32Array;
}

/**
 * A built-in environment's observation (Float32Array, or the state's number) and action (number, or numbers of a box).
 */
export type BuiltinObservation = any;
export type BuiltinAction = number | ArrayLike<number>;

/** One copy of a built-in environment. */
export interface SingleEnvironment extends Environment<BuiltinObservation, BuiltinAction> {
  readonly name: string;
  readonly maxEpisodeSteps: number | null;
  readonly rewardThreshold: number | null;
  /**
   * The float64 state: a fresh Float64Array to read; after `reset`, as many finite numbers to write. Writing keeps the
   * elapsed-step counter. A tabular task's state is [index].
   */
  get state(): Float64Array<ArrayBuffer>;
  set state(value: ArrayLike<number>);
  reset(options?: ResetOptions & OutOption): ResetResult<BuiltinObservation>;
  /**
   * Throws `invalid-state` before `reset` and after an end, `invalid-action` for an action outside the space (a box
   * clips).
   */
  step(action: BuiltinAction, options?: OutOption): StepResult<BuiltinObservation>;
  /** Safe twice. */
  close(): void;
  save(): Uint8Array<ArrayBuffer>;
  restore(bytes: Uint8Array): void;
}

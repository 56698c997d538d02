import { BregmanError } from "../error.ts";
import { startOf } from "../envs/raw-values.ts";
import { choices, describe, flatSize, rawLayout, type SpaceValue } from "../envs/spaces.ts";
import { writeActions, type Action } from "./actions.ts";
import { observationWriter, type ObservationWriter } from "./observation-writer.ts";
import type { PolicyFacts } from "./policy-facts.ts";
import { writeBatch } from "./write-batch.ts";

export interface ActOptions {
  /** The most likely action (default), or a sample from the policy's own random stream. */
  readonly deterministic?: boolean;
  /** One byte per choice, 1 = allowed, for discrete actions. */
  readonly actionMask?: ArrayLike<number> | undefined;
  /** Receives the action of a box or multi-* space instead of a fresh array; then nothing is allocated. */
  readonly out?: Float32Array | Int32Array;
}

/** What computes actions, for at least so many rows: where the input goes, and where the actions are after `run`. */
export interface ActingViews {
  readonly observation: Float32Array;
  readonly action: Float32Array | Int32Array;
  readonly mask: Int32Array | undefined;
  run(): void;
}

export interface Actor {
  views(rows: number, deterministic: boolean, masked: boolean): ActingViews;
}

/** Observations in, actions out: what all policies have in common, whatever computes them. */
export abstract class ActingPolicy {
  readonly facts: PolicyFacts;
  readonly #write: ObservationWriter;
  readonly #width: number;
  readonly #actionSize: number;
  readonly #choices: readonly number[] | undefined;
  readonly #maskSize: number;
  #actor: Actor | undefined;
  #disposed = false;

  constructor(facts: PolicyFacts, actionSize = rawLayout(facts.spec.actionSpace).size) {
    const { observationSpace, actionSpace } = facts.spec;
    this.facts = facts;
    this.#write = observationWriter(observationSpace);
    this.#width = flatSize(observationSpace);
    this.#actionSize = actionSize;
    this.#choices = choices(actionSpace);
    this.#maskSize = this.#choices?.reduce((sum, n) => sum + n, 0) ?? 0;
  }

  /** Made when the policy first acts. */
  protected abstract makeActor(): Actor;

  /**
   * The action for one raw observation (normalizers are inside the policy), inside the action space: a number for
   * discrete, a fresh Float32Array for box, an Int32Array for multi-discrete and multi-binary, an object or array of
   * these for dict and tuple: name its type, `act<{ move: Float32Array; fire: number }>(observation)`.
   * Throws `invalid-observation` for an observation of another shape or with numbers that are not finite.
   */
  act<ActionType = Action>(observation: SpaceValue, options: ActOptions = defaults): ActionType {
    const views = this.views(1, options);
    this.#write(observation, views.observation, 0);
    this.run(views, 1, options);
    return this.action(views, options.out) as ActionType;
  }

  /**
   * Actions for `n` observations: an array of n raw observations, or for box spaces one flat array of n rows. Returns
   * one flat array of n rows: Int32Array for discrete and multi-*, else Float32Array.
   */
  actBatch(
    observations: ArrayLike<number> | readonly SpaceValue[], n: number, options: ActOptions = defaults,
  ): Float32Array | Int32Array {
    if (!Number.isInteger(n) || n < 1) {
      throw new BregmanError("invalid-option", `actBatch: n must be a whole number of at least 1, got ${String(n)}`);
    }
    const views = this.views(n, options);
    writeBatch(this.facts.spec.observationSpace, this.#write, this.#width, observations, n, views.observation);
    this.run(views, n, options);
    return this.actions(views, n, options.out);
  }

  /** Lets go of the instance's memory. Safe twice; acting afterwards throws `disposed`. */
  dispose(): void {
    this.#disposed = true;
    this.#actor = undefined;
  }

  /** What computes the actions, once it was needed. */
  protected get actor(): Actor | undefined {
    return this.#actor;
  }

  protected views(rows: number, { deterministic = true, actionMask }: ActOptions): ActingViews {
    if (this.#disposed) throw new BregmanError("disposed", "this policy was disposed");
    this.#actor ??= this.makeActor();
    return this.#actor.views(rows, deterministic, actionMask !== undefined && this.#choices !== undefined);
  }

  protected run(views: ActingViews, rows: number, { actionMask }: ActOptions): void {
    if (views.mask) this.#writeMask(actionMask!, views.mask, rows);
    views.run();
  }

  /** The one action of a single row. */
  protected action(views: ActingViews, out: Float32Array | Int32Array | undefined): Action {
    const { actionSpace } = this.facts.spec;
    if (actionSpace.kind === "discrete") return views.action[0]! + startOf(actionSpace);
    return this.actions(views, 1, out);
  }

  protected actions(
    { action }: ActingViews, rows: number, out: Float32Array | Int32Array | undefined,
  ): Float32Array | Int32Array {
    const size = rows * this.#actionSize;
    const target = out ?? (action instanceof Float32Array ? new Float32Array(size) : new Int32Array(size));
    if (target.length < size) {
      throw new BregmanError("invalid-shape", `act: out needs room for ${size} numbers, got ${describe(target)}`);
    }
    this.finish(action, rows, this.#actionSize, target);
    return target;
  }

  /** From the numbers that were computed, rows of `width`, to actions as the environment takes them. */
  protected finish(
    action: Float32Array | Int32Array, rows: number, width: number, out: Float32Array | Int32Array,
  ): void {
    writeActions(this.facts.spec.actionSpace, action, rows * width, width, out);
  }

  /** Any value that is true allows; each choice needs one that does. */
  #writeMask(given: ArrayLike<number>, mask: Int32Array, rows: number): void {
    const size = this.#maskSize * rows;
    if (given.length !== size) {
      throw new BregmanError("invalid-action", `act: the action mask needs ${size} entries, got ${given.length}`);
    }
    const heads = this.#choices!;
    let at = 0;
    for (let row = 0; row < rows; row++) {
      for (let head = 0; head < heads.length; head++) {
        const n = heads[head]!;
        let open = 0;
        for (let i = 0; i < n; i++, at++) open += mask[at] = given[at] ? 1 : 0;
        if (open === 0) {
          throw new BregmanError("invalid-action",
            `act: entries ${at - n} to ${at - 1} of the action mask allow nothing`);
        }
      }
    }
  }
}

const defaults: ActOptions = {};

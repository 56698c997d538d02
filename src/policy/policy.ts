import { createAgent, type Agent, type AgentSpec } from "../agent/agent.ts";
import { BregmanError } from "../error.ts";
import { flattenRaw } from "../envs/raw-values.ts";
import { choices, rawLayout, type SpaceValue } from "../envs/spaces.ts";
import { sha256 } from "../io/sha256.ts";
import { readAction, writeActions, type Action } from "./actions.ts";
import { Actor, type ActingViews } from "./actor.ts";
import { canonicalBytes } from "./canonical-bytes.ts";
import { flattenObservation, flattenObservations } from "./flatten-observations.ts";
import { writePolicy } from "./policy-file.ts";

export type { Action };

export interface ActOptions {
  /** The most likely action (default), or a sample from the policy's own random stream. */
  readonly deterministic?: boolean;
  /** One byte per choice, 1 = allowed, for discrete actions. */
  readonly actionMask?: ArrayLike<number> | undefined;
  /** Receives the action of a box or multi-* space instead of a fresh array. */
  readonly out?: Float32Array | Int32Array;
}

/** What a policy is, apart from its parameters. */
export interface PolicyFacts {
  readonly spec: AgentSpec;
  /** Names of the environment and algorithm it was trained with, where they have one. */
  readonly environment: string | undefined;
  readonly algorithm: string;
  readonly seed: number;
}

/** Act-time parameters: the flat policy vector and the observation normalizer. */
export interface PolicyWeights {
  readonly parameters: Float32Array;
  readonly observationMean: Float32Array;
  readonly observationScale: Float32Array;
}

/**
 * A policy that acts. It owns a small WASM instance of its own, made when it first acts, and stays usable after the
 * trainer it came from is disposed.
 */
export class Policy {
  readonly facts: PolicyFacts;
  readonly agent: Agent;
  readonly #module: WebAssembly.Module;
  #weights: PolicyWeights;
  #actor: Actor | undefined;
  #disposed = false;

  constructor(module: WebAssembly.Module, facts: PolicyFacts, weights: PolicyWeights, agent = createAgent(facts.spec)) {
    this.#module = module;
    this.facts = facts;
    this.agent = agent;
    this.#weights = weights;
  }

  /**
   * The action for one raw observation (normalizers are inside the policy), inside the action space: a number for
   * discrete, a fresh Float32Array for box, an Int32Array for multi-discrete and multi-binary.
   * Throws `invalid-observation` for an observation of another shape or with numbers that are not finite.
   */
  act(observation: SpaceValue, options: ActOptions = {}): Action {
    const program = this.#program(1, options);
    flattenObservation(this.facts.spec.observationSpace, observation, program.observation, 0);
    if (program.mask) this.#writeMask(options.actionMask!, program.mask, 1);
    program.loaded.run();
    return readAction(this.facts.spec.actionSpace, program.action, options.out);
  }

  /**
   * Actions for `n` observations: an array of n raw observations, or for box spaces one flat array of n rows. Returns
   * one flat array of n rows: Float32Array for box, else Int32Array.
   */
  actBatch(
    observations: ArrayLike<number> | readonly SpaceValue[], n: number, options: ActOptions = {},
  ): Float32Array | Int32Array {
    if (!Number.isInteger(n) || n < 1) {
      throw new BregmanError("invalid-option", `actBatch: n must be a whole number of at least 1, got ${String(n)}`);
    }
    const { actionSpace, observationSpace } = this.facts.spec;
    const program = this.#program(n, options);
    flattenObservations(observationSpace, this.agent.observationSize, observations, n, program.observation);
    if (program.mask) this.#writeMask(options.actionMask!, program.mask, n);
    program.loaded.run();
    const size = n * rawLayout(actionSpace).size;
    const out = options.out ?? (program.action instanceof Float32Array ? new Float32Array(size) : new Int32Array(size));
    writeActions(actionSpace, program.action, n, out);
    return out;
  }

  /** `actBatch` on observations as a vector environment holds them (see `VectorEnvironment.observations`). */
  actRaw(observations: Float32Array | Int32Array, n: number, options: ActOptions = {}): Float32Array | Int32Array {
    const { observationSpace, actionSpace } = this.facts.spec;
    const program = this.#program(n, options);
    flattenRaw(observationSpace, observations, n, program.observation);
    if (program.mask) this.#writeMask(options.actionMask!, program.mask, n);
    program.loaded.run();
    const out = program.action.slice(0, n * rawLayout(actionSpace).size);
    writeActions(actionSpace, program.action, n, out);
    return out;
  }

  /**
   * SHA-256 over the act-time parameters in the order of `save()`, each as little-endian float32; -0 counts as 0.
   * Throws `numerical-failure` when a parameter is NaN.
   */
  parametersHash(): string {
    const { parameters, observationMean, observationScale } = this.#weights;
    const normalizer = this.facts.spec.normalizeObservations ? [observationMean, observationScale] : [];
    return sha256(canonicalBytes([parameters, ...normalizer]));
  }

  /** A safetensors file with everything that `load()` needs. */
  save(): Uint8Array<ArrayBuffer> {
    return writePolicy(this.facts, this.agent, this.#weights);
  }

  /** Takes over new parameters: a trainer's live policy does so after each iteration. */
  update(weights: PolicyWeights): void {
    this.#weights = weights;
    this.#actor?.setWeights(weights);
  }

  get weights(): PolicyWeights {
    return this.#weights;
  }

  /** Lets go of the instance's memory. Safe twice; acting afterwards throws `disposed`. */
  dispose(): void {
    this.#disposed = true;
    this.#actor = undefined;
  }

  #program(rows: number, { deterministic = true, actionMask }: ActOptions): ActingViews {
    if (this.#disposed) throw new BregmanError("disposed", "this policy was disposed");
    this.#actor ??= new Actor(this.#module, this.agent, this.facts.seed, this.#weights);
    const masked = actionMask !== undefined && choices(this.facts.spec.actionSpace) !== undefined;
    return this.#actor.views(rows, deterministic, masked);
  }

  /** Any value that is true allows; each choice needs one that does. */
  #writeMask(given: ArrayLike<number>, mask: Int32Array, rows: number): void {
    const size = this.agent.head.outputs * rows;
    if (given.length !== size) {
      throw new BregmanError("invalid-action", `act: the action mask needs ${size} entries, got ${given.length}`);
    }
    let at = 0;
    for (let row = 0; row < rows; row++) {
      for (const n of choices(this.facts.spec.actionSpace)!) {
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

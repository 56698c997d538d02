import { createAgent, type Agent } from "../agent/agent.ts";
import { actionAt, actionLayout } from "../envs/actions.ts";
import { flattenRaw } from "../envs/raw-values.ts";
import { hasParts } from "../envs/spaces.ts";
import { sha256 } from "../io/sha256.ts";
import { ActingPolicy, type ActingViews, type ActOptions } from "./acting-policy.ts";
import type { Action } from "./actions.ts";
import { ProgramActor } from "./actor.ts";
import { canonicalBytes } from "./canonical-bytes.ts";
import { finishActions } from "./finish-actions.ts";
import { writePolicy } from "./policy-file.ts";
import type { PolicyFacts } from "./policy-facts.ts";

export type { Action, ActOptions, PolicyFacts };

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
export class Policy extends ActingPolicy {
  readonly agent: Agent;
  readonly #module: WebAssembly.Module;
  #weights: PolicyWeights;

  constructor(module: WebAssembly.Module, facts: PolicyFacts, weights: PolicyWeights, agent = createAgent(facts.spec)) {
    super(facts, actionLayout(facts.spec.actionSpace).size);
    this.#module = module;
    this.agent = agent;
    this.#weights = weights;
  }

  protected override action(views: ActingViews, out: Float32Array | Int32Array | undefined): Action {
    const { actionSpace } = this.facts.spec;
    return hasParts(actionSpace) ? actionAt(actionSpace, views.action) as unknown as Action : super.action(views, out);
  }

  protected override finish(
    action: Float32Array | Int32Array, rows: number, width: number, out: Float32Array | Int32Array,
  ): void {
    finishActions(this.facts.spec.actionSpace, action, rows, width, out);
  }

  protected override makeActor(): ProgramActor {
    return new ProgramActor(this.#module, this.agent, this.facts.seed, this.#weights);
  }

  /** `actBatch` on observations as a vector environment holds them (see `VectorEnvironment.observations`). */
  actRaw(observations: Float32Array | Int32Array, n: number, options: ActOptions = {}): Float32Array | Int32Array {
    const views = this.views(n, options);
    flattenRaw(this.facts.spec.observationSpace, observations, n, views.observation);
    this.run(views, n, options);
    return this.actions(views, n, options.out);
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
    (this.actor as ProgramActor | undefined)?.setWeights(weights);
  }

  get weights(): PolicyWeights {
    return this.#weights;
  }
}

import { createAgent, type Agent, type AgentSpec } from "../algorithms/agent.ts";
import { deploymentProgram } from "../algorithms/programs.ts";
import { WasmInstance } from "../devices/wasm-instance.ts";
import { wasmDeviceOn, type LoadedWasmProgram, type WasmBuffer, type WasmDevice } from "../devices/wasm/wasm-device.ts";
import { BregmanError } from "../error.ts";
import { checkObservation } from "../envs/environment-checks.ts";
import { flattenRaw, startOf } from "../envs/raw-values.ts";
import { flatten } from "../envs/space-values.ts";
import { boxSize, choices, describe, highAt, lowAt, rawLayout, type SpaceValue } from "../envs/spaces.ts";
import { sha256 } from "../io/sha256.ts";
import { streamState } from "../random/streams.ts";
import { canonicalBytes } from "./canonical-bytes.ts";
import { writePolicy } from "./policy-file.ts";

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

export type Action = number | Float32Array | Int32Array;

/**
 * A policy that acts. It owns a small WASM instance of its own, made when it first acts, and stays usable after the trainer it came from
 * is disposed.
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
   * The action for one raw observation (normalizers are inside the policy), inside the action space: a number for discrete, a fresh
   * Float32Array for box, an Int32Array for multi-discrete and multi-binary.
   * Throws `invalid-observation` for an observation of another shape or with numbers that are not finite.
   */
  act(observation: SpaceValue, options: ActOptions = {}): Action {
    const program = this.#program(1, options);
    this.#flatten(observation, program.observation, 0);
    if (program.mask) this.#writeMask(options.actionMask!, program.mask, 1);
    program.loaded.run();
    return readAction(this.facts.spec.actionSpace, program.action, options.out);
  }

  /**
   * Actions for `n` observations: an array of n raw observations, or for box spaces one flat array of n rows. Returns one flat array of n rows:
   * Float32Array for box, else Int32Array.
   */
  actBatch(observations: ArrayLike<number> | readonly SpaceValue[], n: number, options: ActOptions = {}): Float32Array | Int32Array {
    if (!Number.isInteger(n) || n < 1) throw new BregmanError("invalid-option", `actBatch: n must be a whole number of at least 1, got ${String(n)}`);
    const { actionSpace } = this.facts.spec;
    const program = this.#program(n, options);
    const width = this.agent.observationSize;
    const flat = typeof (observations as ArrayLike<number>)[0] === "number" && this.facts.spec.observationSpace.kind === "box";
    if (flat) {
      if (observations.length !== n * width) {
        throw new BregmanError("invalid-observation", `actBatch: expected ${n} rows of ${width} numbers, got ${observations.length} numbers`);
      }
      program.observation.set(observations as ArrayLike<number>);
      checkFinite(program.observation, observations.length, "actBatch");
    } else {
      if (observations.length !== n) throw new BregmanError("invalid-observation", `actBatch: expected ${n} observations, got ${observations.length}`);
      for (let row = 0; row < n; row++) this.#flatten((observations as readonly SpaceValue[])[row]!, program.observation, row * width);
    }
    if (program.mask) this.#writeMask(options.actionMask!, program.mask, n);
    program.loaded.run();
    const size = rawLayout(actionSpace).size;
    const out = options.out ?? (program.action instanceof Float32Array ? new Float32Array(n * size) : new Int32Array(n * size));
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
    return this.#actor.views(rows, deterministic, actionMask !== undefined && choices(this.facts.spec.actionSpace) !== undefined);
  }

  #flatten(observation: SpaceValue, out: Float32Array, offset: number): void {
    const { observationSpace } = this.facts.spec;
    if (observationSpace.kind === "box") {
      const values = observation as ArrayLike<number>;
      const size = boxSize(observationSpace);
      if (typeof values !== "object" || values === null || values.length !== size) {
        throw new BregmanError("invalid-observation", `act: expected an observation of ${size} numbers (shape [${observationSpace.shape}]), got ${describe(observation)}`);
      }
      for (let i = 0; i < size; i++) {
        const value = values[i]!;
        if (!(value - value === 0)) throw new BregmanError("invalid-observation", `act: observation[${i}] is ${String(value)}; expected a finite number`);
        out[offset + i] = value;
      }
      return;
    }
    checkObservation(observationSpace, observation, "act");
    flatten(observationSpace, observation, out, offset);
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
          throw new BregmanError("invalid-action", `act: entries ${at - n} to ${at - 1} of the action mask allow nothing`);
        }
      }
    }
  }
}

interface ActingViews {
  readonly loaded: LoadedWasmProgram;
  readonly observation: Float32Array;
  readonly action: Float32Array | Int32Array;
  readonly mask: Int32Array | undefined;
}

/** The instance behind a policy, with one program per power of two of rows: a few programs serve every number of them. */
class Actor {
  readonly #device: WasmDevice;
  readonly #agent: Agent;
  readonly #bindings: Record<string, WasmBuffer>;
  readonly #programs = new Map<number, LoadedWasmProgram>();
  #views = new Map<number, ActingViews>();
  #memory: ArrayBuffer;

  constructor(module: WebAssembly.Module, agent: Agent, seed: number, weights: PolicyWeights) {
    this.#agent = agent;
    this.#device = wasmDeviceOn(new WasmInstance(module));
    this.#bindings = {
      behaviourParameters: this.#device.allocate(agent.policyParameterCount, "f32"),
      observationMean: this.#device.allocate(agent.observationSize, "f32"),
      observationScale: this.#device.allocate(agent.observationSize, "f32"),
      policyRandom: this.#device.allocate(4, "i32"),
    };
    this.#device.write(this.#bindings.policyRandom!, streamState(seed, "evaluation"));
    this.#memory = this.#device.instance.memory.buffer as ArrayBuffer;
    this.setWeights(weights);
  }

  setWeights({ parameters, observationMean, observationScale }: PolicyWeights): void {
    this.#device.write(this.#bindings.behaviourParameters!, parameters);
    this.#device.write(this.#bindings.observationMean!, observationMean);
    this.#device.write(this.#bindings.observationScale!, observationScale);
  }

  /** Views on a program for at least `rows` rows. */
  views(rows: number, deterministic: boolean, masked: boolean): ActingViews {
    let capacity = 1;
    while (capacity < rows) capacity *= 2;
    return this.#viewsOf(capacity, deterministic, masked);
  }

  #viewsOf(rows: number, deterministic: boolean, masked: boolean): ActingViews {
    const key = rows * 4 + (deterministic ? 2 : 0) + (masked ? 1 : 0);
    const known = this.#views.get(key);
    if (known && this.#memory === this.#device.instance.memory.buffer) return known;
    return this.#load(key, rows, deterministic, masked);
  }

  #load(key: number, rows: number, deterministic: boolean, masked: boolean): ActingViews {
    const maskSize = masked ? this.#agent.head.outputs : 0;
    let loaded = this.#programs.get(key);
    if (!loaded) {
      loaded = this.#device.loadNow(deploymentProgram(this.#agent, rows, { maskSize }, deterministic), this.#bindings);
      this.#programs.set(key, loaded);
    }
    if (this.#memory !== this.#device.instance.memory.buffer) {
      this.#memory = this.#device.instance.memory.buffer as ArrayBuffer;
      this.#views = new Map();
    }
    const views: ActingViews = {
      loaded,
      observation: loaded.buffer("observation").view() as Float32Array,
      action: loaded.buffer("environmentAction").view(),
      mask: masked ? loaded.buffer("actionMask").view() as Int32Array : undefined,
    };
    this.#views.set(key, views);
    return views;
  }
}

type ActionSpace = AgentSpec["actionSpace"];

function readAction(space: ActionSpace, actions: Float32Array | Int32Array, out?: Float32Array | Int32Array): Action {
  if (space.kind === "discrete") return actions[0]! + startOf(space);
  const size = rawLayout(space).size;
  const target = out ?? (actions instanceof Float32Array ? new Float32Array(size) : new Int32Array(size));
  if (target.length < size) throw new BregmanError("invalid-shape", `act: out needs room for ${size} numbers, got ${target.length}`);
  writeActions(space, actions, 1, target);
  return target;
}

/** Box actions are clipped to the box: the network scores the unclipped one. */
function writeActions(
  space: ActionSpace, actions: Float32Array | Int32Array, rows: number, out: Float32Array | Int32Array,
): void {
  const { size } = rawLayout(space);
  if (space.kind !== "box") {
    const start = startOf(space);
    for (let i = 0; i < rows * size; i++) out[i] = actions[i]! + start;
    return;
  }
  for (let column = 0; column < size; column++) {
    const [low, high] = [lowAt(space, column), highAt(space, column)];
    for (let i = column; i < rows * size; i += size) out[i] = Math.max(low, Math.min(high, actions[i]!));
  }
}

function checkFinite(values: Float32Array, length: number, what: string): void {
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    if (!(value - value === 0)) throw new BregmanError("invalid-observation", `${what}: observations[${i}] is ${value}; expected a finite number`);
  }
}

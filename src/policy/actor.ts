import type { Agent } from "../agent/agent.ts";
import { deploymentProgram } from "../agent/programs.ts";
import { WasmInstance } from "../devices/wasm-instance.ts";
import { wasmDeviceOn, type LoadedWasmProgram, type WasmBuffer, type WasmDevice } from "../devices/wasm/wasm-device.ts";
import { streamState } from "../random/streams.ts";
import type { PolicyWeights } from "./policy.ts";

/** A program and its memory, as typed arrays. */
export interface ActingViews {
  readonly loaded: LoadedWasmProgram;
  readonly observation: Float32Array;
  readonly action: Float32Array | Int32Array;
  readonly mask: Int32Array | undefined;
}

/** The instance behind a policy. Programs are made for powers of two of rows: a few serve every number of them. */
export class Actor {
  readonly #device: WasmDevice;
  readonly #agent: Agent;
  readonly #bindings: Record<string, WasmBuffer>;
  readonly #programs = new Map<number, LoadedWasmProgram>();
  readonly #views = new Map<number, ActingViews>();

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
    this.setWeights(weights);
  }

  setWeights({ parameters, observationMean, observationScale }: PolicyWeights): void {
    this.#device.write(this.#bindings.behaviourParameters!, parameters);
    this.#device.write(this.#bindings.observationMean!, observationMean);
    this.#device.write(this.#bindings.observationScale!, observationScale);
  }

  /** Views on a program for at least `rows` rows, renewed when the memory has grown, which leaves old ones empty. */
  views(rows: number, deterministic: boolean, masked: boolean): ActingViews {
    let capacity = 1;
    while (capacity < rows) capacity *= 2;
    const key = capacity * 4 + (deterministic ? 2 : 0) + (masked ? 1 : 0);
    const known = this.#views.get(key);
    if (known && known.observation.length > 0) return known;
    return this.#load(key, capacity, deterministic, masked);
  }

  #load(key: number, rows: number, deterministic: boolean, masked: boolean): ActingViews {
    const maskSize = masked ? this.#agent.head.outputs : 0;
    let loaded = this.#programs.get(key);
    if (!loaded) {
      loaded = this.#device.loadNow(deploymentProgram(this.#agent, rows, { maskSize }, deterministic), this.#bindings);
      this.#programs.set(key, loaded);
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

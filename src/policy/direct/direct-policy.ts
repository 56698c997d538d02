import { ActingPolicy } from "../acting-policy.ts";
import type { PolicyFile } from "../read-policy-file.ts";
import { DirectActor, directPlan, type DirectPlan } from "./direct-actor.ts";

/** A policy that acts and no more. It owns a small WASM instance, made when it first acts. */
export class DirectPolicy extends ActingPolicy {
  readonly #module: WebAssembly.Module;
  readonly #plan: DirectPlan;

  constructor(module: WebAssembly.Module, file: PolicyFile) {
    super(file.facts);
    this.#module = module;
    this.#plan = directPlan(file);
  }

  protected override makeActor(): DirectActor {
    return new DirectActor(this.#module, this.#plan);
  }
}

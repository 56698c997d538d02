import { BregmanError, messageOf } from "../../error.ts";
import type { ActingViews, Actor } from "../acting-policy.ts";
import type { PolicyFile } from "../read-policy-file.ts";
import { ActingMemory } from "./acting-memory.ts";
import { BoxHead } from "./box-head.ts";
import { ChoiceHead } from "./choice-head.ts";
import type { DirectHead, HeadRow } from "./direct-head.ts";
import { checkNetworks, DirectNetwork, networkTensors, type NetworkTensors } from "./direct-network.ts";
import { DirectRandom } from "./direct-random.ts";
import { headPlan, type HeadPlan } from "./head-plan.ts";

/** What an actor is made of: all of a file that matters when acting, checked. */
export interface DirectPlan {
  readonly head: HeadPlan;
  readonly tensors: NetworkTensors;
  readonly seed: number;
}

/** Throws `checkpoint-corrupt` or `unsupported` for a file that cannot be acted on. */
export function directPlan(file: PolicyFile): DirectPlan {
  try {
    checkNetworks(file.facts.spec.networks);
    const head = headPlan(file);
    return { head, tensors: networkTensors(file, head.outputs), seed: file.facts.seed };
  } catch (error) {
    if (error instanceof BregmanError && error.code === "unsupported") throw error;
    throw new BregmanError("checkpoint-corrupt", `this policy file cannot be acted on: ${messageOf(error)}`);
  }
}

/** Acts by calling kernels in the order of the network, without a compiled program: a few kilobytes do. */
export class DirectActor implements Actor {
  readonly #plan: DirectPlan;
  readonly #network: DirectNetwork;
  readonly #head: DirectHead;
  readonly #random: DirectRandom;
  readonly #views = new Map<number, ActingViews>();

  constructor(module: WebAssembly.Module, plan: DirectPlan) {
    const { head, tensors, seed } = plan;
    const headFloats = head.kind === "box" ? BoxHead.floats(head) : ChoiceHead.floats(head);
    const memory = new ActingMemory(module, DirectNetwork.floats(tensors) + headFloats, 3 * tensors.layers.length + 8);
    this.#plan = plan;
    this.#network = new DirectNetwork(memory, tensors);
    this.#head = head.kind === "box" ? new BoxHead(memory, head) : new ChoiceHead(memory, head);
    this.#random = new DirectRandom(memory.kernels, seed);
  }

  /** Views for powers of two of rows: they are few, and a draw covers as many rows as that of a compiled program. */
  views(rows: number, deterministic: boolean, masked: boolean): ActingViews {
    let capacity = 1;
    while (capacity < rows) capacity *= 2;
    const key = capacity * 4 + (deterministic ? 2 : 0) + (masked ? 1 : 0);
    const known = this.#views.get(key);
    if (known) return known;
    const made = this.#make(capacity, deterministic, masked);
    this.#views.set(key, made);
    return made;
  }

  #make(rows: number, deterministic: boolean, masked: boolean): ActingViews {
    const { head, tensors: { inputs } } = this.#plan;
    const observation = new Float32Array(rows * inputs);
    const mask = masked ? new Int32Array(rows * head.outputs) : undefined;
    const action = head.kind === "box"
      ? new Float32Array(rows * head.size) : new Int32Array(rows * head.choices.length);
    const random = deterministic ? undefined : this.#random;
    const state: HeadRow = { network: this.#network, action, mask, row: 0, rows, random };
    const run = (): void => {
      for (state.row = 0; state.row < rows; state.row++) {
        this.#network.run(observation, state.row * inputs);
        this.#head.act(state);
      }
      random?.advance();
    };
    return { observation, action, mask, run };
  }
}

import type { WasmInstance } from "../devices/wasm-instance.ts";
import type { WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.ts";
import { BregmanError } from "../error.ts";
import type { TensorValues } from "../io/safetensors.ts";

/** Numbers of one transition. */
export interface ReplayLayout {
  readonly observationSize: number;
  readonly actionSize: number;
  readonly actionType: "f32" | "i32";
  /** Choices of an action mask; 0 without. */
  readonly maskSize: number;
}

/** What a batch of `rows` transitions is made of: places in the rings, i32 [rows], and numbers, f32 [rows]. */
export interface DrawnBuffers {
  readonly rows: WasmBuffer;
  readonly nextRows: WasmBuffer;
  readonly returns: WasmBuffer;
  readonly continuations: WasmBuffer;
}

/** What a step of every copy gave: rewards, and 0 or 1 for each ending, [N]. */
export interface Outcome {
  readonly rewards: ArrayLike<number>;
  readonly terminated: ArrayLike<number>;
  readonly truncated: ArrayLike<number>;
}

/** Flattened observations [N, observationSize], and action masks [N, maskSize] where there are some. */
export interface Observed {
  readonly observations: ArrayLike<number>;
  readonly masks?: ArrayLike<number> | undefined;
}

const isTransition = 1;
const isTerminated = 2;
const isEnd = 4;
/** A ring also holds the observation that comes next, and room for the final one of an episode that is cut. */
const spareSlots = 2;
/** The rings' arrays as views of the memory. */
interface Views {
  readonly buffer: ArrayBufferLike;
  readonly observations: Float32Array;
  readonly actions: Float32Array | Int32Array;
  readonly masks: Float32Array | Int32Array | undefined;
  readonly rewards: Float32Array;
  readonly flags: Uint8Array;
  readonly heads: Int32Array;
  readonly filled: Int32Array;
}

/** WASM memory ends here. */
const mostBytes = 65536 * 65536;

/**
 * The latest transitions of N copies in the module's memory, a ring for each copy. Every observation is stored once:
 * what a transition led to is the slot after it. A slot holds observation, action, reward and flags; the final
 * observation of an episode that was cut takes a slot of its own, so that it can be bootstrapped from.
 * assembly/samplers/replay.ts draws from it.
 */
export class Replay {
  /** Slots of each ring. */
  readonly capacity: number;
  readonly observations: WasmBuffer;
  readonly actions: WasmBuffer;
  readonly masks: WasmBuffer | undefined;
  /** Transitions that can be drawn. */
  transitions = 0;

  readonly #instance: WasmInstance;
  readonly #copies: number;
  readonly #layout: ReplayLayout;
  readonly #rewards: WasmBuffer;
  readonly #heads: WasmBuffer;
  readonly #filled: WasmBuffer;
  readonly #state: WasmBuffer;
  readonly #flagsAddress: number;
  #views: Views | undefined;

  /** Room for `size` transitions over all copies. Throws `out-of-memory` before anything is allocated. */
  constructor(device: WasmDevice, copies: number, size: number, layout: ReplayLayout) {
    this.capacity = Math.ceil(size / copies) + spareSlots;
    this.#instance = device.instance;
    this.#copies = copies;
    this.#layout = layout;
    const slots = this.capacity * copies;
    checkRoom(device.instance, slots, size, layout);
    const { observationSize, actionSize, actionType, maskSize } = layout;
    this.observations = device.allocate(slots * observationSize, "f32");
    this.actions = device.allocate(slots * actionSize, actionType);
    this.masks = maskSize > 0 ? device.allocate(slots * maskSize, "i32") : undefined;
    this.#rewards = device.allocate(slots, "f32");
    this.#flagsAddress = device.instance.allocate(slots);
    this.#heads = device.allocate(copies, "i32");
    this.#filled = device.allocate(copies, "i32");
    this.#state = device.allocate(4, "i32");
  }

  get slots(): number { return this.capacity * this.#copies; }

  /** The first observations [N, observationSize] (and masks) of fresh episodes; what ran before counts as cut. */
  begin(observations: ArrayLike<number>, masks?: ArrayLike<number>): void {
    const views = this.#at();
    for (let copy = 0; copy < this.#copies; copy++) {
      if (views.filled[copy]! > 0) this.#advance(views, copy);
      this.#place(views, copy, observations, masks);
    }
  }

  /**
   * One step of every copy from the observation that was placed last. `next` are the observations [N, ...] that the
   * next actions answer to, `final` what the step led to; rewards f64 [N], flags [N]. Of a copy that `waited` [N]
   * there is nothing to record but where it stands next.
   */
  record(
    actions: ArrayLike<number>, outcome: Outcome, next: Observed, final: Observed, waited?: ArrayLike<number>,
  ): void {
    const { actionSize } = this.#layout;
    const views = this.#at();
    for (let copy = 0; copy < this.#copies; copy++) {
      const slot = this.#headOf(views, copy);
      if (waited?.[copy]) {
        this.#place(views, copy, next.observations, next.masks);
        continue;
      }
      copyRow(actions, copy, views.actions, slot, actionSize);
      views.rewards[slot] = outcome.rewards[copy]!;
      const ended = outcome.terminated[copy] === 1;
      const cut = !ended && outcome.truncated[copy] === 1;
      views.flags[slot] = isTransition | (ended ? isTerminated : 0) | (ended || cut ? isEnd : 0);
      this.transitions++;
      this.#advance(views, copy);
      if (cut) {
        this.#place(views, copy, final.observations, final.masks);
        this.#advance(views, copy);
      }
      this.#place(views, copy, next.observations, next.masks);
    }
  }

  /** Draws a batch; `random` is a stream's state, `steps` the rewards of a return. */
  draw(random: Int32Array, steps: number, discount: number, into: DrawnBuffers): void {
    this.#state.view().set(random);
    this.#instance.exports.replay_sample!(
      this.#state.address, into.rows.size, this.#copies, this.capacity, this.#heads.address, this.#filled.address,
      this.#flagsAddress, this.#rewards.address, steps, discount,
      into.rows.address, into.nextRows.address, into.returns.address, into.continuations.address,
    );
  }

  /** Everything, as arrays by name: of each ring only what has been written. */
  save(): Map<string, TensorValues> {
    const { heads, filled } = this.#at();
    const used = this.#usedSlots();
    const arrays = new Map<string, TensorValues>();
    for (const [name, view, width] of this.#columns()) arrays.set(name, gather(view, width, used));
    arrays.set("heads", heads.slice());
    arrays.set("filled", filled.slice());
    return arrays;
  }

  /** Throws `checkpoint-mismatch` for the arrays of another ring. */
  restore(take: (name: string, size: number) => TensorValues): void {
    const { heads, filled, flags } = this.#at();
    heads.set(take("heads", this.#copies) as Int32Array);
    filled.set(take("filled", this.#copies) as Int32Array);
    if (![...heads, ...filled].every((position) => position >= 0 && position < this.capacity)) {
      throw new BregmanError("checkpoint-mismatch",
        `the checkpoint's replay does not fit into rings of ${this.capacity} slots`);
    }
    const used = this.#usedSlots();
    for (const [name, view, width] of this.#columns()) {
      const values = take(name, used.length * width) as Column;
      used.forEach((slot, i) => view.set(values.subarray(i * width, (i + 1) * width), slot * width));
    }
    this.transitions = used.reduce((sum, slot) => sum + (flags[slot]! & isTransition), 0);
  }

  #columns(): [name: string, view: Column, width: number][] {
    const { observationSize, actionSize, maskSize } = this.#layout;
    const { observations, actions, masks, rewards, flags } = this.#at();
    const columns: [string, Column, number][] = [
      ["observations", observations, observationSize], ["actions", actions, actionSize],
      ["rewards", rewards, 1], ["flags", flags, 1],
    ];
    return masks ? [...columns, ["masks", masks, maskSize]] : columns;
  }

  /** Slots that were written, the heads included, ring by ring, oldest first. */
  #usedSlots(): number[] {
    const { heads, filled } = this.#at();
    const used: number[] = [];
    for (let copy = 0; copy < this.#copies; copy++) {
      for (let back = filled[copy]!; back >= 0; back--) {
        used.push(copy * this.capacity + ((heads[copy]! - back + this.capacity) % this.capacity));
      }
    }
    return used;
  }

  /** The views, taken afresh where the memory has grown. */
  #at(): Views {
    const { buffer } = this.#instance.memory;
    if (this.#views?.buffer !== buffer) {
      this.#views = {
        buffer,
        observations: this.observations.view() as Float32Array,
        actions: this.actions.view(),
        masks: this.masks?.view(),
        rewards: this.#rewards.view() as Float32Array,
        flags: this.#instance.uint8(this.#flagsAddress, this.slots),
        heads: this.#heads.view() as Int32Array,
        filled: this.#filled.view() as Int32Array,
      };
    }
    return this.#views;
  }

  #headOf({ heads }: Views, copy: number): number {
    return copy * this.capacity + heads[copy]!;
  }

  #advance(views: Views, copy: number): void {
    const { heads, filled, flags } = views;
    heads[copy] = (heads[copy]! + 1) % this.capacity;
    filled[copy] = Math.min(filled[copy]! + 1, this.capacity - 1);
    // What stood there is the oldest slot: it goes.
    const slot = this.#headOf(views, copy);
    if (flags[slot]! & isTransition) this.transitions--;
    flags[slot] = 0;
  }

  /** Writes a copy's row of observations and masks at its head. */
  #place(views: Views, copy: number, observations: ArrayLike<number>, masks: ArrayLike<number> | undefined): void {
    const { observationSize, maskSize } = this.#layout;
    const slot = this.#headOf(views, copy);
    copyRow(observations, copy, views.observations, slot, observationSize);
    if (!views.masks) return;
    if (masks) copyRow(masks, copy, views.masks, slot, maskSize);
    else views.masks.fill(1, slot * maskSize, (slot + 1) * maskSize);
  }
}

type Column = Float32Array | Int32Array | Uint8Array;

function copyRow(
  from: ArrayLike<number>, row: number, to: Float32Array | Int32Array, slot: number, width: number,
): void {
  for (let i = 0; i < width; i++) to[slot * width + i] = from[row * width + i]!;
}

function gather(view: Column, width: number, slots: readonly number[]): Column {
  const values = new (view.constructor as new (length: number) => Column)(slots.length * width);
  slots.forEach((slot, i) => values.set(view.subarray(slot * width, (slot + 1) * width), i * width));
  return values;
}

/** Bytes of one slot. */
function slotBytes({ observationSize, actionSize, maskSize }: ReplayLayout): number {
  return 4 * (observationSize + actionSize + maskSize + 1) + 1;
}

function checkRoom(instance: WasmInstance, slots: number, size: number, layout: ReplayLayout): void {
  const needed = slots * slotBytes(layout);
  const left = mostBytes - instance.allocatedBytes;
  if (needed <= left) return;
  const most = Math.floor(left / slotBytes(layout));
  throw new BregmanError("out-of-memory",
    `hyperparameters.bufferSize: ${size} transitions of ${slotBytes(layout)} bytes need ${megabytes(needed)}, ` +
    `${megabytes(left)} of memory can be had; at most about ${most} fit`);
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}

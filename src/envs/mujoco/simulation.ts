import { BregmanError, messageOf } from "../../error.ts";
import type { Data, Model, Mujoco, View } from "./package.ts";

/** MuJoCo's warnings of a state that is none any more, by their numbers. */
const warnings: Readonly<Record<number, string>> = {
  3: "a position is not a number or huge", 4: "a velocity is not a number or huge",
  5: "an acceleration is not a number or huge",
};

let liveHandles = 0;

/** Handles of MuJoCo that are not freed yet: models and simulations. */
export function handleCount(): number {
  return liveHandles;
}

/** A compiled model that several simulations share: it is freed with the last of them. */
export class SharedModel {
  readonly mujoco: Mujoco;
  readonly handle: Model;
  /** Mass of each body. */
  readonly masses: Float64Array;
  #users = 0;
  #freed = false;

  /** Throws `invalid-model` with MuJoCo's own words. */
  constructor(mujoco: Mujoco, xml: string, name: string) {
    this.mujoco = mujoco;
    try {
      this.handle = mujoco.MjModel.from_xml_string(xml);
    } catch (error) {
      throw new BregmanError("invalid-model", `${name}: MuJoCo cannot compile this model: ${messageOf(error).trim()}`);
    }
    this.masses = Float64Array.from(this.handle.body_mass);
    liveHandles++;
  }

  use(): void {
    this.#users++;
  }

  get isFreed(): boolean {
    return this.#freed;
  }

  release(): void {
    if (--this.#users > 0) return;
    this.#freed = true;
    this.handle.delete();
    liveHandles--;
  }
}

/** The arrays of the state that tasks read, by MuJoCo's names. */
export type ArrayName =
  | "qpos" | "qvel" | "ctrl" | "xpos" | "xipos" | "site_xpos" | "cinert" | "cvel" | "qfrc_actuator" | "cfrc_ext"
  | "qfrc_constraint";

/** One simulation: a state, its views, and the steps. */
export class Simulation {
  readonly model: SharedModel;
  readonly #name: string;
  readonly #data: Data;
  readonly #views = new Map<ArrayName, View>();
  #disposed = false;

  constructor(model: SharedModel, name: string) {
    model.use();
    this.model = model;
    this.#name = name;
    this.#data = new model.mujoco.MjData(model.handle);
    liveHandles++;
  }

  get timestep(): number { return this.model.handle.opt.timestep; }

  /** An array of the state as a live view, taken anew where MuJoCo's memory has grown. */
  view(name: ArrayName): View {
    const known = this.#views.get(name);
    if (known && known.length > 0) return known;
    const fresh = (this.#data as unknown as Record<ArrayName, View>)[name];
    this.#views.set(name, fresh);
    return fresh;
  }

  /** The model's first state, with time 0 and without what earlier steps left behind. */
  reset(): void {
    this.model.mujoco.mj_resetData(this.model.handle, this.#data);
  }

  /** Computes all that follows from qpos and qvel. */
  forward(): void {
    this.model.mujoco.mj_forward(this.model.handle, this.#data);
  }

  /**
   * `count` steps under `action`, which MuJoCo limits to the range of the controls. Throws `simulation-diverged`, with
   * MuJoCo's warning, where the state stops being one: MuJoCo then begins anew from the first state by itself.
   */
  step(action: ArrayLike<number>, count: number, withForces: boolean, where: () => string): void {
    const { mujoco, handle } = this.model;
    const before = this.#data.time;
    this.view("ctrl").set(action);
    for (let i = 0; i < count; i++) mujoco.mj_step(handle, this.#data);
    // A fresh start shows as lost time; in the first step, where no time can be lost, the warnings are read.
    const lost = before + (count - 0.5) * this.timestep - this.#data.time > 0;
    const broken = lost || !isFinite(this.view("qpos")) || !isFinite(this.view("qvel"));
    const warning = broken || before === 0 ? this.#warning() : undefined;
    if (broken || warning) {
      throw new BregmanError("simulation-diverged",
        `${where()}: the simulation diverged: ${warning ?? "its numbers are not finite"}; ` +
        "smaller actions or another start may keep it stable");
    }
    if (withForces) mujoco.mj_rnePostConstraint(handle, this.#data);
  }

  /** Everything that the next steps depend on, as float64. */
  save(): Float64Array<ArrayBuffer> {
    const { mujoco, handle } = this.model;
    const signature = mujoco.mjtState.mjSTATE_INTEGRATION.value;
    const buffer = mujoco.DoubleBuffer.FromArray(new Float64Array(mujoco.mj_stateSize(handle, signature)));
    mujoco.mj_getState(handle, this.#data, buffer, signature);
    const state = Float64Array.from(buffer.GetView());
    buffer.delete();
    return state;
  }

  /** Continues where `save` was called, to the same bits. Throws `checkpoint-mismatch` for another model's state. */
  restore(state: Float64Array): void {
    const { mujoco, handle } = this.model;
    const signature = mujoco.mjtState.mjSTATE_INTEGRATION.value;
    const size = mujoco.mj_stateSize(handle, signature);
    if (state.length !== size) {
      throw new BregmanError("checkpoint-mismatch",
        `${this.#name}: expected a state of ${size} numbers, got ${state.length}`);
    }
    // Not all of the simulation is part of the state: warnings of what went wrong, above all.
    mujoco.mj_resetData(handle, this.#data);
    const buffer = mujoco.DoubleBuffer.FromArray(state);
    mujoco.mj_setState(handle, this.#data, buffer.GetView(), signature);
    buffer.delete();
  }

  /** Safe twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#data.delete();
    liveHandles--;
    this.model.release();
  }

  /** The warning after which MuJoCo begins anew, in words, where there is one. */
  #warning(): string | undefined {
    const list = this.#data.warning;
    let text: string | undefined;
    for (const [number, meaning] of Object.entries(warnings)) {
      const entry = list.get(Number(number));
      if (entry.number > 0) text = `${meaning} (MuJoCo's warning ${number}, element ${entry.lastinfo})`;
      entry.delete();
    }
    return text;
  }
}

function isFinite(values: View): boolean {
  for (let i = 0; i < values.length; i++) if (values[i]! - values[i]! !== 0) return false;
  return true;
}

import { BregmanError } from "../../error.ts";
import { createSharedInstance, type WasmInstance } from "../wasm-instance.ts";
import { startHelper, type StartHelper } from "./start-helper.ts";

/** Words of the control block where threads meet; assembly/crew.ts has the rest of it. */
const Control = { firstRecord: 0, newest: 1, ready: 2, patience: 5, lost: 6, helped: 33 } as const;
const controlBytes = 256;
const recordBytes = 16;

/** In units of 2^20 looks at a word, about a millisecond each: half a minute. */
const defaultPatience = 32768;
const longestStartMs = 5000;

/**
 * The threads of a device beside the caller's: workers over the same memory that compute pieces of instructions.
 * They sleep while there is nothing to do, and do not keep a process alive.
 */
export class Crew {
  readonly helpers: number;
  readonly instance: WasmInstance;
  readonly #block: number;
  /** The control block; a shared memory that grows keeps its views. */
  readonly #control: Int32Array;
  readonly #ends: readonly (() => void)[];
  /** Where the address of the next module of maps goes. */
  #lastRecord: number;
  #disposed = false;

  private constructor(instance: WasmInstance, block: number, ends: readonly (() => void)[]) {
    this.instance = instance;
    this.helpers = ends.length;
    this.#block = block;
    this.#control = instance.int32(block, controlBytes / 4);
    this.#ends = ends;
    this.#lastRecord = block;
  }

  /** Starts `helpers` workers and waits until all of them are there. Throws an error that says why that failed. */
  static async gather(helpers: number, start: StartHelper = startHelper): Promise<Crew> {
    const { instance, module } = await createSharedInstance();
    const { memory } = instance;
    const block = instance.allocate(controlBytes);
    const control = instance.int32(block, controlBytes / 4);
    control[Control.newest] = block;
    control[Control.patience] = defaultPatience;
    const ends: (() => void)[] = [];
    let failure: string | undefined;
    try {
      while (ends.length < helpers) {
        ends.push(start({ module, memory, block }, (reason) => {
          failure ??= reason;
        }));
      }
      const began = performance.now();
      while (Atomics.load(control, Control.ready) < helpers) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (performance.now() - began > longestStartMs) failure ??= `not there after ${longestStartMs / 1000} s`;
        if (failure !== undefined) throw new Error(failure);
      }
    } catch (error) {
      for (const end of ends) end();
      throw error;
    }
    return new Crew(instance, block, ends);
  }

  /** Says whether helpers take part in what runs from now on. Throws `device-lost` once one of them was lost. */
  takePart(wanted: boolean): void {
    if (this.#isLost) throw lostError();
    this.instance.exports.machine_crew!(this.#block, wanted ? this.helpers : 0);
  }

  /** Pieces that helpers have finished so far. */
  get helped(): number {
    return Atomics.load(this.#control, Control.helped);
  }

  /** What to throw for a trap: a helper that was lost in the middle of its work is no fault in the program. */
  explain(trap: unknown): unknown {
    return this.#isLost ? lostError() : trap;
  }

  /** The functions of a module of maps, which the caller has in its table from `first` on, in the tables of helpers. */
  link(bytes: Uint8Array, first: number, count: number): void {
    const { instance } = this;
    const record = instance.allocate(recordBytes + bytes.length);
    instance.uint8(record + recordBytes, bytes.length).set(bytes);
    instance.int32(record, 4).set([0, first, count, bytes.length]);
    instance.int32(this.#lastRecord, 1)[0] = record;
    this.#lastRecord = record;
    this.#announce(record);
  }

  /** Ends the workers. Safe twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#announce(-1);
    for (const end of this.#ends) end();
  }

  get #isLost(): boolean {
    return this.#control[Control.lost] === 1;
  }

  #announce(newest: number): void {
    Atomics.store(this.#control, Control.newest, newest);
    this.instance.exports.machine_crew!(this.#block, 0);
    this.instance.exports.machine_call_helpers!();
  }
}

function lostError(): BregmanError {
  return new BregmanError("device-lost",
    "device-lost: a thread stopped in the middle of a run, so what the run wrote is incomplete; " +
    "make a new trainer or device, from the last checkpoint where there is one, perhaps with threads: 1");
}
